import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Data, type FromWire, Wire } from '../src/market/wire';
import { socketsIn } from '../src/market/workerSocket';

/** A socket that says what the test says. */
class Line {
  binaryType = 'blob';
  onopen = () => {};
  onmessage = (_: { data: Data }) => {};
  onclose = (_: { code: number; reason: string; wasClean: boolean }) => {};
  readonly sent: string[] = [];
  readonly closed: number[] = [];

  send(text: string): void {
    this.sent.push(text);
  }

  close(code = 1000): void {
    this.closed.push(code);
  }
}

const bytes = (value: number) => Uint8Array.of(value).buffer;

describe('a socket in a worker', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function wired() {
    const line = new Line();
    const told: FromWire[] = [];
    const wire = new Wire(line as unknown as WebSocket, (message) => told.push(message));
    const came = () => told.flatMap((message) => (typeof message === 'object' && 'came' in message ? [message.came.map((data) => (typeof data === 'string' ? data : new Uint8Array(data)[0]))] : []));
    return { line, told, wire, came, receive: (data: Data) => line.onmessage({ data }) };
  }

  it('gives what came together, once the page is ready', () => {
    const { wire, came, receive } = wired();
    for (let i = 1; i <= 4; i++) receive(bytes(i));
    expect(came()).toEqual([[1]]);
    wire.told('ready');
    expect(came()).toEqual([[1], [2, 3, 4]]);
    wire.told('ready');
    receive(bytes(5));
    expect(came().at(-1)).toEqual([5]);
  });

  it('gives text at once, behind all that came before it', () => {
    const { came, receive } = wired();
    receive(bytes(1));
    receive(bytes(2));
    receive('{"type":"pong"}');
    receive(bytes(3));
    expect(came()).toEqual([[1], [2, '{"type":"pong"}']]);
  });

  it('gives what came before the end first', () => {
    const { line, told, came, receive } = wired();
    receive(bytes(1));
    receive(bytes(2));
    line.onclose({ code: 1012, reason: 'restart', wasClean: true });
    expect(came()).toEqual([[1], [2]]);
    expect(told.at(-1)).toEqual({ closed: { code: 1012, reason: 'restart', wasClean: true } });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives to a page that has no frames now and then', () => {
    const { came, receive } = wired();
    receive(bytes(1));
    receive(bytes(2));
    vi.advanceTimersByTime(999);
    expect(came()).toEqual([[1]]);
    vi.advanceTimersByTime(1);
    expect(came()).toEqual([[1], [2]]);
  });

  it('ends where the page takes nothing', () => {
    const { line, wire, receive } = wired();
    const large = new ArrayBuffer(3 << 20);
    for (let i = 0; i < 2; i++) receive(large);
    wire.told('ready');
    for (let i = 0; i < 2; i++) receive(large);
    expect(line.closed).toEqual([]);
    receive(large);
    expect(line.closed).toHaveLength(1);
  });

  it('sends and closes for the page', () => {
    const { line, wire } = wired();
    wire.told({ send: 'hello' });
    wire.told({ close: [4000, ''] });
    expect([line.sent, line.closed]).toEqual([['hello'], [4000]]);
  });
});

describe('a page whose socket is in a worker', () => {
  /** A worker beside the test: what it is sent arrives as it does there. */
  class Beside extends EventTarget {
    readonly lines: Line[] = [];

    postMessage(_: string, [port]: MessagePort[]): void {
      const line = new Line();
      this.lines.push(line);
      const wire = new Wire(line as unknown as WebSocket, (message, transfer) => port!.postMessage(message, transfer));
      port!.onmessage = ({ data }) => wire.told(data);
    }
  }

  beforeEach(() => void vi.stubGlobal('Worker', Beside));
  afterEach(() => void vi.unstubAllGlobals());

  function opened(frame: (then: () => void) => void = () => {}) {
    const worker = new Beside();
    const Socket = socketsIn(() => worker as unknown as Worker, frame);
    const socket = new Socket('ws://peal.test/stream');
    const told: unknown[] = [];
    socket.onopen = () => told.push('open');
    socket.onmessage = ({ data }: MessageEvent<Data>) => told.push(typeof data === 'string' ? data : new Uint8Array(data)[0]);
    socket.onclose = ({ code }) => told.push(code);
    return { worker, Socket, socket, told, line: worker.lines[0]! };
  }

  it('hears all of it in order, takes more in the next frame, and is heard', async () => {
    const frames: (() => void)[] = [];
    const { socket, told, line } = opened((then) => frames.push(then));
    line.onopen();
    for (let i = 1; i <= 3; i++) line.onmessage({ data: bytes(i) });
    await expect.poll(() => told).toEqual(['open', 1]);
    frames.shift()?.();
    await expect.poll(() => told).toEqual(['open', 1, 2, 3]);
    socket.send('hello');
    await expect.poll(() => line.sent).toEqual(['hello']);
    line.onclose({ code: 1012, reason: '', wasClean: true });
    await expect.poll(() => told.at(-1)).toBe(1012);
  });

  it('loses its connection with the worker, and then has the browser’s own', () => {
    class Own {
      constructor(readonly url: string) {}
    }
    vi.stubGlobal('WebSocket', Own);
    const { worker, Socket, told } = opened();
    worker.dispatchEvent(new Event('error'));
    expect(told).toEqual([1006]);
    expect(new Socket('ws://peal.test/stream')).toBeInstanceOf(Own);
  });
});
