import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';

/** Someone at the page of the market, and what they see of it. */
export class Trader {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  static async look(context: BrowserContext, url: string, hash = ''): Promise<Trader> {
    const trader = new Trader(await context.newPage());
    await trader.page.goto(`${url}/market${hash}`);
    await trader.isVerified();
    return trader;
  }

  static async signIn(context: BrowserContext, url: string, name: string): Promise<Trader> {
    const trader = await Trader.look(context, url);
    await trader.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await trader.page.getByLabel('Your name').fill(name);
    await trader.page.getByRole('button', { name: 'Join as a guest' }).click();
    await trader.isVerified();
    return trader;
  }

  /** The book is the server's, by sequence and checksum. */
  async isVerified(): Promise<void> {
    await expect(this.page.locator('.verified[data-verified=true]')).toBeVisible({ timeout: 45_000 });
  }

  get price(): Locator {
    return this.page.locator('.headline-price');
  }

  get trades(): Locator {
    return this.page.locator('.tape tbody tr');
  }

  /** Arrow, price and size of each trade that is shown. */
  tape(): Promise<readonly string[]> {
    return this.trades.evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '').slice(0, 2).join(' ')));
  }

  get book(): Locator {
    return this.page.getByRole('table', { name: 'Order book' });
  }

  symbol(name: string): Locator {
    return this.page.getByRole('navigation', { name: 'Symbols' }).getByRole('link', { name: new RegExp(name) });
  }

  /** A figure of the feed's health, as a number. */
  async health(of: 'sequence' | 'gaps' | 'resyncs' | 'reconnects' | 'skipped'): Promise<number> {
    return Number(((await this.page.getByTestId(of).textContent()) ?? '').replaceAll(',', ''));
  }

  /**
   * How often something was missing: to be compared with what it was when the page was first verified. Before that a slow machine may have asked for a book that
   * had not come in time, which is no fault.
   */
  async lost(): Promise<readonly number[]> {
    return [await this.health('gaps'), await this.health('resyncs'), await this.health('reconnects')];
  }

  /** Prices of a side as they stand there, from the best one on. */
  async shown(half: 'bids' | 'asks'): Promise<readonly string[]> {
    const rows = await this.book.locator(`.${half} tr`).evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '').slice(0, 2).join(' ')));
    return half === 'bids' ? rows : rows.reverse();
  }

  get ticket(): Locator {
    return this.page.getByRole('region', { name: 'Paper order' });
  }

  /** What the server made of the order. */
  get outcome(): Locator {
    return this.ticket.getByRole('status');
  }

  get problem(): Locator {
    return this.ticket.getByRole('alert');
  }

  async order(side: 'Buy' | 'Sell', type: 'Limit' | 'Market' | 'IOC', size: string, price?: string): Promise<void> {
    await this.ticket.getByRole('radio', { name: side, exact: true }).check();
    await this.ticket.getByRole('radio', { name: type, exact: true }).check();
    if (price !== undefined) await this.ticket.getByRole('textbox', { name: 'Price' }).fill(price);
    await this.ticket.getByRole('textbox', { name: /^Size/ }).fill(size);
    await this.ticket.getByRole('button', { name: /^(Buy|Sell) / }).click();
  }

  get orders(): Locator {
    return this.page.getByTestId('order');
  }

  async choose(panel: 'Positions' | 'Open orders' | 'Fills'): Promise<void> {
    await this.page.getByRole('tab', { name: new RegExp(`^${panel}`) }).click();
  }
}
