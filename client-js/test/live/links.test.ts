import { describe, expect, it } from 'vitest';
import { ambient } from '../../src/ambient.js';
import type { Incoming, Outgoing, Position } from '../../src/messages.js';
import { polling } from '../../src/polling.js';
import { sse } from '../../src/sse.js';
import type { Link, LinkEnd, LinkEvents, Transport } from '../../src/transport.js';
import { Mailbox } from '../support/mailbox.js';

declare const process: { readonly env: Readonly<Record<string, string | undefined>> };

/** A server in `open` mode; `npm run live` needs one, and e2e's LinksTest starts it. */
const url = process.env['PEAL_URL'] as string;
const count = 40;

/** Who speaks over one link, and takes what comes in the order in which it comes. */
class Speaker implements LinkEvents {
  readonly heard = new Mailbox<Incoming>();
  readonly ended = new Mailbox<LinkEnd>();
  readonly #opened = new Mailbox<true>();
  readonly #link: Link;
  #asked = 0;

  constructor(transport: Transport) {
    this.#link = transport.open({ url: new URL(url), path: '/chat', ambient }, this);
  }

  static async of(transport: Transport, userId: string, more: object = {}): Promise<Speaker> {
    const speaker = new Speaker(transport);
    await speaker.#opened.take();
    await speaker.ask('authenticate', { userId, session: true, ...more });
    return speaker;
  }

  open(): void {
    this.#opened.put(true);
  }

  message(message: Incoming): void {
    this.heard.put(message);
  }

  closed(end: LinkEnd): void {
    this.ended.put(end);
  }

  send(type: string, data: Outgoing['data']): number {
    const id = ++this.#asked;
    this.#link.send({ type, id, data: data ?? {} });
    return id;
  }

  /** As a heart beats: without an `id`. */
  beat(): Promise<Incoming> {
    this.#link.send({ type: 'ping', data: {} });
    return this.heard.take(({ type }) => type === 'pong');
  }

  ask(type: string, data: Outgoing['data']): Promise<Incoming> {
    const id = this.send(type, data);
    return this.heard.take((message) => message.id === id);
  }

  /** The texts of the next entries of a room. */
  async entries(roomId: string, many: number): Promise<readonly unknown[]> {
    const texts: unknown[] = [];
    for (let left = many; left > 0; left--) texts.push((await this.heard.take(({ offset, data }) => offset !== undefined && data?.['roomId'] === roomId)).data['message']);
    return texts;
  }

  async opened(): Promise<void> {
    await this.#opened.take();
  }

  close(): void {
    this.#link.close();
  }
}

const room = () => `live-${Math.random().toString(36).slice(2)}`;
const texts = (name: string, many = count) => Array.from({ length: many }, (_, index) => `${name} ${index + 1}`);

describe.each([sse, polling])('$name, to a server', (transport) => {
  it('brings everything once and in order, and each acknowledgement behind its entry', async () => {
    const roomId = room();
    const ann = await Speaker.of(transport, 'ann');
    const bo = await Speaker.of(transport, 'bo');
    for (const each of [ann, bo]) expect(await each.ask('join_room', { roomId })).toMatchObject({ type: 'joined', data: { offset: 0 } });
    const ids = texts('ann').map((message) => ann.send('message', { roomId, message }));
    for (const message of texts('bo')) bo.send('message', { roomId, message });
    const offsets: number[] = [];
    for (const id of ids) {
      const seen: number[] = [];
      const ack = await ann.heard.take((message) => (message.offset !== undefined && message.data?.['roomId'] === roomId && seen.push(message.offset), message.id === id));
      expect(ack.type).toBe('ack');
      offsets.push(ack.data['offset'] as number);
    }
    expect(offsets).toEqual([...offsets].sort((one, other) => one - other));
    const all = await bo.entries(roomId, 2 * count);
    expect(await ann.entries(roomId, 2 * count)).toEqual(all);
    expect(all.filter((text) => `${text}`.startsWith('ann'))).toEqual(texts('ann'));
    expect(all.filter((text) => `${text}`.startsWith('bo'))).toEqual(texts('bo'));
    ann.close();
    bo.close();
  });

  it('goes on from a position, and says so where it cannot', async () => {
    const roomId = room();
    const ann = await Speaker.of(transport, 'ann');
    const { epoch } = (await ann.ask('join_room', { roomId })).data as unknown as Position;
    for (const message of texts('ann', 20)) ann.send('message', { roomId, message });
    await ann.entries(roomId, 20);
    const bo = await Speaker.of(transport, 'bo');
    expect(await bo.ask('join_room', { roomId, since: { epoch, offset: 5 } })).toMatchObject({ data: { offset: 20, recovered: true } });
    expect(await bo.entries(roomId, 15)).toEqual(texts('ann', 20).slice(5));
    const other = await Speaker.of(transport, 'other');
    const lost = { type: 'joined', data: { offset: 20, recovered: false, reason: 'epoch_changed', oldest: 1 } };
    expect(await other.ask('join_room', { roomId, since: { epoch: 'other', offset: 5 } })).toMatchObject(lost);
    ann.send('message', { roomId, message: 'after' });
    expect([await bo.entries(roomId, 1), await other.entries(roomId, 1)]).toEqual([['after'], ['after']]);
    for (const each of [ann, bo, other]) each.close();
  });

  it('hears nothing more of a room that it left, and goes on in another', async () => {
    const [left, kept] = [room(), room()];
    const ann = await Speaker.of(transport, 'ann');
    for (const roomId of [left, kept]) await ann.ask('join_room', { roomId });
    expect(await ann.ask('leave_room', { roomId: left })).toMatchObject({ type: 'ack' });
    const bo = await Speaker.of(transport, 'bo');
    for (const roomId of [left, kept]) await bo.ask('join_room', { roomId });
    for (const roomId of [left, kept]) await bo.ask('message', { roomId, message: 'hi' });
    expect(await ann.entries(kept, 1)).toEqual(['hi']);
    expect(ann.heard.held.filter(({ data }) => data?.['roomId'] === left)).toEqual([]);
    ann.close();
    bo.close();
  });

  it('is told what is wrong with a message, and goes on', async () => {
    const ann = await Speaker.of(transport, 'ann');
    expect(await ann.ask('message', { roomId: 'no room!', message: 'hi' })).toMatchObject({ type: 'error', data: { code: 'invalid_message', retry: false } });
    expect(await ann.ask('dance', {})).toMatchObject({ type: 'error', data: { code: 'unknown_type' } });
    expect(await ann.ask('ping', {})).toMatchObject({ type: 'pong' });
    expect(await ann.beat()).toEqual({ type: 'pong', data: {} });
    ann.close();
  });

  it('is refused with a wrong token', async () => {
    const stranger = new Speaker(transport);
    await stranger.opened();
    stranger.send('authenticate', { token: 'not.a.token', session: true });
    expect(await stranger.ended.take()).toEqual({ code: 1008, reason: 'Invalid authentication', neverOpened: false });
  });
});

describe('an event stream, to a server', () => {
  it('takes its session up again', async () => {
    const ann = new Speaker(sse);
    await ann.opened();
    const first = await ann.ask('authenticate', { userId: 'ann', session: true });
    expect(first.data).toMatchObject({ userId: 'ann', resumed: false });
    ann.close();
    const again = new Speaker(sse);
    await again.opened();
    const { sessionId } = first.data;
    expect((await again.ask('authenticate', { userId: 'ann', session: true, sessionId })).data).toMatchObject({ userId: 'ann', sessionId, resumed: true });
    again.close();
  });

  it('shows who types', async () => {
    const roomId = room();
    const [ann, bo] = [await Speaker.of(sse, 'ann'), await Speaker.of(sse, 'bo')];
    for (const each of [ann, bo]) await each.ask('join_room', { roomId });
    expect(await ann.ask('typing', { roomId, typing: true })).toMatchObject({ type: 'ack' });
    expect((await bo.heard.take(({ type }) => type === 'typing')).data).toMatchObject({ userId: 'ann', typing: true });
    ann.close();
    bo.close();
  });
});
