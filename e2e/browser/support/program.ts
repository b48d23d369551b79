import type { Server } from './server.ts';

/** The site's own program: tells users something over the server API. */
export class Program {
  readonly #url: string;
  readonly #key: string;

  private constructor(url: string, key: string) {
    this.#url = url;
    this.#key = key;
  }

  static async of(server: Server): Promise<Program> {
    return new Program(server.url, await server.key('notify'));
  }

  async notify(userId: string, data: object): Promise<void> {
    await this.#post(`users/${encodeURIComponent(userId)}/notifications`, data);
  }

  async broadcast(data: object): Promise<void> {
    await this.#post('broadcast', data);
  }

  async #post(path: string, data: object): Promise<void> {
    const response = await fetch(`${this.#url}/api/v1/${path}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${this.#key}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ data }),
    });
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  }
}
