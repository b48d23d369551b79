import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, expect, test as base, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { listen } from './contract.ts';
import { Server } from './server.ts';

export { expect } from '@playwright/test';

const screenshots = fileURLToPath(new URL('../../target/screenshots/', import.meta.url));
mkdirSync(screenshots, { recursive: true });

export const wide = { width: 1400, height: 900 };
export const narrow = { width: 360, height: 740 };

interface Fixtures {
  /** Flags of the server; `--open` needs no tokens and has no limit on guests. */
  readonly flags: readonly string[];
  readonly server: Server;
  /** A browser profile of its own: another person, or another device. Its pages must not break a rule or throw, nor anything pass that /asyncapi.json does not describe. */
  readonly profile: (options?: BrowserContextOptions) => Promise<BrowserContext>;
  readonly picture: (page: Page, name: string) => Promise<void>;
}

export const test = base.extend<Fixtures>({
  flags: [['--open'], { option: true }],
  server: async ({ flags }, use) => {
    const server = await Server.start(flags);
    await use(server);
    await server.close();
  },
  profile: async ({ browser }, use) => {
    const contexts: BrowserContext[] = [];
    const faults: string[] = [];
    await use(async (options = {}) => {
      const context = await newProfile(browser, options);
      context.on('weberror', (error) => faults.push(String(error.error())));
      context.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) faults.push(message.text());
      });
      listen(context, (problem) => faults.push(problem));
      contexts.push(context);
      return context;
    });
    expect(faults, 'faults of the pages').toEqual([]);
    for (const context of contexts) await context.close();
  },
  picture: async ({}, use) => {
    await use(async (page, name) => {
      await page.screenshot({ path: `${screenshots}${name}.png`, animations: 'disabled' });
    });
  },
});

function newProfile(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
  return browser.newContext({ viewport: wide, locale: 'en-GB', timezoneId: 'Europe/Berlin', ...options });
}
