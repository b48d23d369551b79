import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';

/** Someone at the page of documents. */
export class Writer {
  readonly page: Page;
  readonly name: string;

  private constructor(page: Page, name: string) {
    this.page = page;
    this.name = name;
  }

  static async signIn(context: BrowserContext, url: string, name: string, hash = '#/'): Promise<Writer> {
    const page = await context.newPage();
    await page.goto(`${url}/docs${hash}`);
    await page.getByLabel('Your name').fill(name);
    await page.getByRole('button', { name: 'Join as a guest' }).click();
    const writer = new Writer(page, name);
    await writer.isLive();
    return writer;
  }

  get paper(): Locator {
    return this.page.getByRole('textbox', { name: 'Document', exact: true });
  }

  get saved(): Locator {
    return this.page.locator('.bar-saved');
  }

  get title(): Locator {
    return this.page.getByRole('textbox', { name: 'Title', exact: true });
  }

  tool(name: string): Locator {
    return this.page.getByRole('toolbar', { name: 'Formatting' }).getByRole('button', { name, exact: true });
  }

  async isLive(): Promise<void> {
    await expect(this.page.locator('[data-connection=live]')).toBeVisible({ timeout: 45_000 });
  }

  /** Makes a document and opens it. */
  async create(title: string): Promise<string> {
    await this.page.getByLabel('Title of the new document').fill(title);
    await this.page.getByRole('button', { name: 'Create' }).click();
    await expect(this.title).toHaveValue(title);
    await this.isSaved();
    return new URL(this.page.url()).hash;
  }

  async open(hash: string): Promise<void> {
    await this.page.evaluate((to) => (location.hash = to), hash);
    await this.isSaved();
  }

  async isSaved(): Promise<void> {
    await expect(this.saved).toHaveText('Saved', { timeout: 45_000 });
  }

  async type(text: string): Promise<void> {
    await this.paper.pressSequentially(text);
  }

  /** Waits no longer, as when the network is back. */
  async wake(): Promise<void> {
    await this.page.evaluate(() => dispatchEvent(new Event('online')));
  }

  /** What is written, a line a line. */
  async lines(): Promise<readonly string[]> {
    return this.paper.evaluate((root) => [...root.children].map((line) => line.textContent ?? ''));
  }

  /** A link for others to this document. */
  async share(role: 'May edit' | 'May comment' | 'May read'): Promise<string> {
    await this.page.getByRole('button', { name: 'Share', exact: true }).click();
    await this.page.getByLabel('Whoever has the link').selectOption({ label: role });
    await this.page.getByRole('button', { name: 'Create a link' }).click();
    const address = await this.page.getByLabel('Address to share').inputValue();
    await this.page.getByRole('button', { name: 'Share', exact: true }).click();
    return address;
  }
}
