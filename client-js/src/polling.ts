import { Ending, HttpLink, quietMillisMax, startOf } from './http.js';
import type { Incoming, Outgoing } from './messages.js';
import type { Transport } from './transport.js';

/** Long-polling, where nothing stays open. */
export const polling: Transport = { name: 'polling', open: (target, events) => new PollingLink(target, events) };

const waitSeconds = 25;
/** What an address can name, however long the names are; more rooms than that take turns. */
const roomsMax = 20;
/** Between two polls: a server lets an address read ten times a second, and in a busy room each entry would end one. */
const pauseMillis = 250;
/** After an answer without entries: a server or a proxy that does not wait is not asked all the time. */
const emptyPauseMillis = 1_000;

/** By the name of a log, the position (`epoch:offset`) behind which entries are wanted. */
type Places = Map<string, string>;

/**
 * Every message is a POST that carries all that it needs. One poll at a time waits for what is stored in the rooms; it
 * starts anew when the last of several joins is answered. Another one asks for notifications and broadcasts, and waits
 * only where there is no room: a browser opens six connections to a server for all of its tabs, and POSTs need one too.
 * What is not stored (typing, who comes and goes) never comes.
 */
class PollingLink extends HttpLink {
  readonly #rooms: Places = new Map();
  /** Notifications and broadcasts. */
  readonly #own: Places = new Map();
  #who: Readonly<Record<string, unknown>> | undefined;
  #unanswered = 0;
  #poll = new AbortController();

  override send(message: Outgoing): void {
    if (moves(message)) this.#unanswered++;
    super.send(message);
  }

  override close(): void {
    super.close();
    this.#poll.abort();
  }

  protected override async handle(message: Outgoing): Promise<void> {
    const { session: _, sessionId: __, ...data } = { ...this.#who, ...message.data };
    const reply = await this.ask('/api/messages', { ...message, data });
    if (reply.type === 'joined') {
      const { epoch, offset } = startOf(message, reply);
      this.#rooms.set(data['roomId'] as string, `${epoch}:${offset}`);
    }
    if (message.type === 'leave_room') this.#rooms.delete(data['roomId'] as string);
    this.reply(message, reply);
    if (reply.type === 'authenticated') {
      if (this.#who === undefined) this.#follow(this.#own, this.over);
      // In `open` mode, without a session, each message says itself whose it is.
      this.#who = { userId: data['userId'], userName: data['userName'] };
    }
    if (moves(message) && --this.#unanswered === 0) this.#restart();
  }

  #restart(): void {
    this.#poll.abort();
    this.#poll = new AbortController();
    if (this.#rooms.size > 0) this.#follow(this.#rooms, this.#poll.signal);
  }

  #follow(places: Places, signal: AbortSignal): void {
    void this.lasting(async () => {
      while (!signal.aborted) {
        try {
          await this.#pause(await this.#page(places, signal));
        } catch (reason) {
          if (signal.aborted) return;
          // The server said when to ask again.
          if (!(reason instanceof Ending && reason.afterMs !== undefined)) throw reason;
          await this.#pause(reason.afterMs);
        }
      }
    });
  }

  /** @returns for how long to wait before the next one */
  async #page(places: Places, signal: AbortSignal): Promise<number> {
    const first = places.size === 0;
    const { headers, entries } = await this.within(quietMillisMax, this.#read(places, signal));
    signal.throwIfAborted();
    // Joining again, the client is told what is missing.
    if (headers.get('Peal-Recovered')?.includes('false')) throw new Ending(4001, 'history lost');
    for (const part of headers.get('Peal-Position')!.split(', ')) {
      const [, name = [...places.keys()][0]!, position] = /^(?:([\w-]+)@)?(.+)$/.exec(part)!;
      // Behind all others, whose turn is next; unless the room was left meanwhile.
      if (places.delete(name) || places === this.#own) places.set(name, position!);
    }
    // A broadcast has no offset: those of earlier are not for who comes later.
    for (const entry of entries) if (!first || entry.offset !== undefined) this.up(entry);
    return !this.#waits(places) ? waitSeconds * 1_000 : entries.length === 0 ? emptyPauseMillis : pauseMillis;
  }

  async #read(places: Places, signal: AbortSignal) {
    const asked = [...places].slice(0, roomsMax);
    const wait = !this.#waits(places) ? 0 : asked.length < places.size ? 1 : waitSeconds;
    const query = asked.map(([name, position]) => `${places === this.#rooms ? `&room=${name}` : ''}&since=${encodeURIComponent(`${name}@${position}`)}`);
    const response = await this.fetch(`/api/messages?wait=${wait}${query.join('')}`, 'application/json', { signal, headers: this.authorization });
    return { headers: response.headers, entries: (await response.json()) as Incoming[] };
  }

  #waits(places: Places): boolean {
    return places === this.#rooms || this.#rooms.size === 0;
  }

  #pause(millis: number): Promise<void> {
    return new Promise((resolve) => this.ambient.setTimeout(resolve, millis));
  }
}

function moves({ type }: Outgoing): boolean {
  return type === 'join_room' || type === 'leave_room';
}
