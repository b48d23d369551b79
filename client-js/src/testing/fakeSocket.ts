/** What the server's end of a socket does. */
export interface SocketServer {
  /** Undefined: nobody is there. */
  accept(socket: FakeSocket): boolean;
  received(socket: FakeSocket, text: string): void;
  gone(socket: FakeSocket, code: number): void;
  /** Runs `arrive` when what is sent now has come through. */
  carry(socket: FakeSocket, arrive: () => void): void;
}

/** Both ends of one WebSocket. */
export class FakeSocket extends EventTarget {
  readyState = 0;
  binaryType: BinaryType = 'blob';
  readonly bufferedAmount = 0;
  readonly protocol = '';
  readonly extensions = '';
  readonly url: string;
  onopen: ((event: object) => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number; reason: string; wasClean: boolean }) => void) | null = null;
  onerror: ((event: object) => void) | null = null;
  /** Neither end hears the other, and neither knows. */
  halfOpen = false;
  readonly #server: SocketServer;

  constructor(server: SocketServer, url: string) {
    super();
    this.#server = server;
    this.url = url;
    this.#arrives(() => {
      if (this.readyState !== 0) return;
      if (!server.accept(this)) return this.#end(1006, '', false);
      this.readyState = 1;
      this.onopen?.({});
    });
  }

  send(text: string): void {
    if (this.readyState === 0) throw new DOMException('not connected', 'InvalidStateError');
    if (this.readyState === 1) this.#arrives(() => this.#server.received(this, text));
  }

  close(code = 1005): void {
    if (this.readyState > 1) return;
    this.readyState = 2;
    this.#arrives(() => this.#server.gone(this, code));
    queueMicrotask(() => this.#end(code, '', true));
  }

  /** The server says something. */
  push(data: string | ArrayBuffer): void {
    this.#arrives(() => this.readyState === 1 && this.onmessage?.({ data }));
  }

  /** The server ends it, in order behind what it said; without a code the network does, at once. */
  end(code?: number, reason = ''): void {
    if (code === undefined) this.#end(1006, '', false);
    else this.#arrives(() => this.#end(code, reason, true));
  }

  #arrives(arrive: () => void): void {
    this.#server.carry(this, () => {
      if (!this.halfOpen) arrive();
    });
  }

  #end(code: number, reason: string, wasClean: boolean): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.#server.gone(this, code);
    if (!wasClean) this.onerror?.({});
    this.onclose?.({ code, reason, wasClean });
  }
}
