import { type BrowserContext, expect, type Page } from '@playwright/test';
import type { Proxy } from './proxy.ts';

/** What the page offers to tests; see pages/sdk.js. */
interface Sdk {
  readonly heard: readonly string[];
  readonly acknowledged: readonly string[];
  readonly lost: readonly string[];
  readonly state: { readonly kind: string };
  readonly transport: string | undefined;
  say(text: string): void;
  stop(): void;
}

declare global {
  var sdk: Sdk;
}

export interface SdkPageOptions {
  readonly room?: string;
  /** One connection for all tabs. */
  readonly shared?: boolean;
}

/** A page of the client library alone: who is there says and hears texts in one room. */
export class SdkPage {
  readonly page: Page;
  readonly name: string;

  private constructor(page: Page, name: string) {
    this.page = page;
    this.name = name;
  }

  static async open(context: BrowserContext, proxy: Proxy, name: string, { room = 'general', shared = false }: SdkPageOptions = {}): Promise<SdkPage> {
    const page = await context.newPage();
    await page.goto(`${proxy.url}/sdk/sdk.html?${new URLSearchParams({ name, room, ...(shared && { shared: '1' }) })}`);
    const opened = new SdkPage(page, name);
    await opened.isLive();
    return opened;
  }

  async isLive(): Promise<void> {
    await expect.poll(() => this.state(), { timeout: 60_000 }).toBe('live');
  }

  state(): Promise<string> {
    return this.page.evaluate(() => globalThis.sdk?.state.kind ?? 'loading');
  }

  transport(): Promise<string | undefined> {
    return this.page.evaluate(() => sdk.transport);
  }

  async say(...texts: readonly string[]): Promise<void> {
    await this.page.evaluate((all) => all.forEach((text) => sdk.say(text)), texts);
  }

  /** How many messages of this page's origin are in the outbox on the disk. */
  kept(): Promise<number> {
    return this.page.evaluate(
      () =>
        new Promise<number>((resolve, reject) => {
          const opening = indexedDB.open('peal', 1);
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const base = opening.result;
            const rows = base.transaction('outbox').objectStore('outbox').count();
            rows.onerror = () => reject(rows.error);
            rows.onsuccess = () => {
              base.close();
              resolve(rows.result);
            };
          };
        }),
    );
  }

  /** What came from the room since the page was loaded, in the order it came. */
  heard(): Promise<readonly string[]> {
    return this.page.evaluate(() => sdk.heard);
  }

  /** What this page said and knows to be stored. */
  acknowledged(): Promise<readonly string[]> {
    return this.page.evaluate(() => sdk.acknowledged);
  }

  async hears(texts: readonly string[], timeout = 60_000): Promise<void> {
    await expect.poll(() => this.heard(), { timeout }).toEqual(texts);
  }

  /** Waits no longer, as when the network is back. */
  async wake(): Promise<void> {
    await this.page.evaluate(() => dispatchEvent(new Event('online')));
  }

  /** As a laptop lid that closes and opens: no script runs in between. */
  async freeze(): Promise<void> {
    await this.#lifecycle('frozen');
  }

  async thaw(): Promise<void> {
    await this.#lifecycle('active');
  }

  async #lifecycle(state: 'frozen' | 'active'): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    await session.send('Page.setWebLifecycleState', { state });
    await session.detach();
  }
}
