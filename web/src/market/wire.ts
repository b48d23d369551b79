/** What a page tells the worker that has its socket. `ready`: it has done all that it was given, and can take more. */
export type ToWire = { readonly send: string } | { readonly close: readonly [code: number, reason: string] } | 'ready';

/** What the worker tells the page. */
export type FromWire = { readonly came: readonly Data[] } | { readonly closed: { readonly code: number; readonly reason: string; readonly wasClean: boolean } } | 'open';

export type Data = string | ArrayBuffer;

/** A page without frames, whatever keeps them from it, is given what came so often. */
const unaskedMillis = 1_000;
/** Bytes that a page did not take: more than that, and it begins anew with what is then, as a server would have it do. */
const owedMax = 8 << 20;

/**
 * A WebSocket for a page that looks at it once a frame, whatever comes in between: its messages wait here, together, until the page is ready for them. Text goes
 * at once, behind all that came before it: somebody may wait for that answer.
 */
export class Wire {
  readonly #socket: WebSocket;
  readonly #tell: (message: FromWire, transfer: Transferable[]) => void;
  #came: Data[] = [];
  #ready = true;
  #owed = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(socket: WebSocket, tell: (message: FromWire, transfer: Transferable[]) => void) {
    this.#socket = socket;
    this.#tell = tell;
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => tell('open', []);
    socket.onmessage = ({ data }: MessageEvent<Data>) => this.#take(data);
    socket.onclose = ({ code, reason, wasClean }) => {
      this.#give();
      clearTimeout(this.#timer);
      tell({ closed: { code, reason, wasClean } }, []);
    };
  }

  told(message: ToWire): void {
    if (message === 'ready') this.#taken();
    else if ('send' in message) this.#socket.send(message.send);
    else this.#socket.close(...message.close);
  }

  #take(data: Data): void {
    this.#came.push(data);
    this.#owed += typeof data === 'string' ? data.length : data.byteLength;
    if (this.#owed > owedMax) this.#socket.close();
    if (this.#ready || typeof data === 'string') this.#give();
  }

  #taken(): void {
    clearTimeout(this.#timer);
    this.#ready = true;
    this.#owed = 0;
    this.#give();
  }

  #give(): void {
    const came = this.#came;
    if (came.length === 0) return;
    this.#came = [];
    this.#ready = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#give(), unaskedMillis);
    this.#tell({ came }, came.filter((data) => typeof data !== 'string'));
  }
}
