import { existsSync } from 'node:fs';
import { defineConfig, firefox } from '@playwright/test';

const system = '/usr/bin/chromium';
const executablePath = process.env['PEAL_CHROMIUM'] ?? (existsSync(system) ? system : undefined);

/** Debian's Chromium as root, without a graphics card, and without asking its maker anything. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Playwright drives a Firefox of its own making only. */
const hasFirefox = existsSync(firefox.executablePath());
if (!hasFirefox && process.env['TEST_WORKER_INDEX'] === undefined) console.log('client library in Firefox: not run: needs Firefox (npx playwright install firefox)');

const chromium = { launchOptions: { args, ...(executablePath === undefined ? {} : { executablePath }) } };

export default defineConfig({
  testDir: 'tests',
  globalSetup: './support/build.ts',
  outputDir: '../target/browser',
  /** Each test has a server, ports and profiles of its own, and waits much of its time. */
  workers: 2,
  fullyParallel: true,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: [['list']],
  projects: [
    { name: 'chromium', use: chromium },
    ...(hasFirefox ? [{ name: 'firefox', testMatch: 'sdk.spec.ts', use: { browserName: 'firefox' as const } }] : []),
  ],
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    /** Without pictures: taking some each second is most of the work of a browser that draws without a graphics card. */
    trace: { mode: 'retain-on-failure', screenshots: false },
  },
});
