import type { Ambient } from '@peal/client';

interface Sent {
  readonly type: string;
  readonly id?: string;
  readonly messageId?: string;
  readonly data: Record<string, unknown>;
}

/** The server's end of one WebSocket. */
export class FakeSocket {
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  readonly sent: Sent[] = [];
  closedWith: number | undefined;

  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Sent);
  }

  /** The page closes. */
  close(code: number): void {
    this.readyState = 3;
    this.closedWith = code;
  }

  /** The server closes. */
  end(code: number, reason = ''): void {
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }

  push(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  last(type: string): Sent {
    const found = this.sent.findLast((sent) => sent.type === type);
    if (found === undefined) throw new Error(`no ${type} was sent`);
    return found;
  }

  count(type: string): number {
    return this.sent.filter((sent) => sent.type === type).length;
  }

  /** Answers the newest request of a type. */
  answer(type: string, reply: string, data: object = {}): void {
    this.push({ type: reply, id: this.last(type).id, data });
  }

  authenticate(userId = 'ann', userName = 'Ann'): void {
    this.open();
    this.answer('authenticate', 'authenticated', { success: true, userId, userName });
  }
}

/** A world whose sockets a test holds. Time is Vitest's. */
export class FakeWorld {
  readonly sockets: FakeSocket[] = [];

  readonly ambient: Ambient = {
    now: () => Date.now(),
    setTimeout: (run, millis) => setTimeout(run, millis),
    clearTimeout: (timer) => clearTimeout(timer as number),
    random: () => 0,
    online: true,
    onWake: () => () => {},
    WebSocket: socketsOf(this.sockets),
  };

  get socket(): FakeSocket {
    const newest = this.sockets.at(-1);
    if (newest === undefined) throw new Error('no socket was opened');
    return newest;
  }
}

function socketsOf(sockets: FakeSocket[]): new (url: string) => WebSocket {
  class Held extends FakeSocket {
    constructor() {
      super();
      sockets.push(this);
    }
  }
  return Held as unknown as new (url: string) => WebSocket;
}

/** Lets promises that are settled run their course. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve();
}
