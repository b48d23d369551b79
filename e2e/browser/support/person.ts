import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';

/** Someone at the page, and what they see of it. */
export class Person {
  readonly page: Page;
  readonly name: string;

  constructor(page: Page, name: string) {
    this.page = page;
    this.name = name;
  }

  static async signIn(context: BrowserContext, url: string, name: string, room = 'general'): Promise<Person> {
    const page = await context.newPage();
    await page.goto(`${url}/#/room/${room}`);
    await page.getByLabel('Your name').fill(name);
    await page.getByRole('button', { name: 'Join as a guest' }).click();
    const person = new Person(page, name);
    await person.isLive();
    await expect(page.getByRole('heading', { level: 1, name: room })).toBeVisible();
    return person;
  }

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: /^Message to/ });
  }

  get messages(): Locator {
    return this.page.getByTestId('message');
  }

  /** A message by its whole text. */
  message(text: string): Locator {
    return this.messages.filter({ has: this.page.getByText(text, { exact: true }) });
  }

  /** The bell, by how much is unread. */
  bell(unread: number): Locator {
    return this.page.getByRole('button', { name: unread === 0 ? 'Notifications' : `Notifications, ${unread} unread`, exact: true });
  }

  get notifications(): Locator {
    return this.page.getByRole('dialog', { name: 'Notifications' }).getByTestId('notification');
  }

  get people(): Locator {
    return this.page.getByRole('complementary', { name: 'People' }).getByRole('listitem');
  }

  get activity(): Locator {
    return this.page.getByTestId('activity');
  }

  roomLink(room: string): Locator {
    return this.page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: room });
  }

  /** As the server knows this person. */
  async userId(): Promise<string> {
    const kept = await this.page.evaluate(() => localStorage.getItem('peal.session'));
    return (JSON.parse(kept ?? '{}') as { userId: string }).userId;
  }

  async isLive(): Promise<void> {
    await expect(this.page.locator('[data-connection=live]')).toBeVisible({ timeout: 45_000 });
  }

  async lostConnection(): Promise<void> {
    await expect(this.page.locator('.banner-waiting, .banner-connecting')).toBeVisible();
  }

  /** Waits no longer, as when the network is back. */
  async wake(): Promise<void> {
    await this.page.evaluate(() => dispatchEvent(new Event('online')));
  }

  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  async joinRoom(room: string): Promise<void> {
    await this.page.getByLabel('Join a room by its name').fill(room);
    await this.page.getByRole('button', { name: 'Join the room' }).click();
    await expect(this.page.getByRole('heading', { level: 1, name: room })).toBeVisible();
  }

  /** The texts shown, from the oldest to the newest. */
  async texts(): Promise<readonly string[]> {
    return this.messages.locator('.text').allTextContents();
  }
}
