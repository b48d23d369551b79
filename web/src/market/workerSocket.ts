import type { Data, FromWire, ToWire } from './wire';

type NextFrame = (then: () => void) => void;

interface CloseFields {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
}

const broken: CloseFields = { code: 1006, reason: '', wasClean: false };

/**
 * A WebSocket in a worker, as far as the client library needs one. The browser's own costs the page's thread a task for each message; this one brings together
 * what came since the last frame, so that what comes costs the page as much as its contents and no more.
 */
export class WorkerSocket {
  /** Bytes are always whole buffers. */
  binaryType: BinaryType = 'arraybuffer';
  readonly protocol = '';
  readonly extensions = '';
  readonly bufferedAmount = 0;
  onopen: ((event: object) => void) | null = null;
  onmessage: ((event: { readonly data: Data }) => void) | null = null;
  onclose: ((event: CloseFields) => void) | null = null;
  onerror: ((event: object) => void) | null = null;
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #nextFrame: NextFrame;
  readonly #ready = (): void => this.#tell('ready');
  readonly #failed = (): void => this.#closed(broken);

  constructor(worker: Worker, url: string, nextFrame: NextFrame) {
    const { port1, port2 } = new MessageChannel();
    this.#worker = worker;
    this.#port = port1;
    this.#nextFrame = nextFrame;
    port1.onmessage = ({ data }: MessageEvent<FromWire>) => this.#told(data);
    worker.addEventListener('error', this.#failed);
    worker.postMessage(url, [port2]);
  }

  send(data: string): void {
    this.#tell({ send: data });
  }

  close(code = 1000, reason = ''): void {
    this.#tell({ close: [code, reason] });
  }

  #told(message: FromWire): void {
    if (message === 'open') return this.onopen?.({});
    if ('closed' in message) return this.#closed(message.closed);
    for (const data of message.came) this.onmessage?.({ data });
    this.#nextFrame(this.#ready);
  }

  #closed(fields: CloseFields): void {
    this.#worker.removeEventListener('error', this.#failed);
    this.#port.close();
    this.onclose?.(fields);
  }

  #tell(message: ToWire): void {
    this.#port.postMessage(message);
  }
}

/** For a client's `ambient`: sockets in one worker, which starts with the first of them; the browser's own where there is no worker, or it failed. */
export function socketsIn(start: () => Worker, nextFrame: NextFrame): new (url: string) => WebSocket {
  let worker: Worker | undefined;
  let failed = typeof Worker === 'undefined';
  const started = () => {
    worker = start();
    worker.addEventListener('error', () => (failed = true));
    return worker;
  };
  // What a constructor returns takes the place of what it made.
  return class {
    constructor(url: string) {
      return failed ? new WebSocket(url) : new WorkerSocket(worker ?? started(), url, nextFrame);
    }
  } as unknown as new (url: string) => WebSocket;
}

/** A page that is not seen has no frames: then at once. */
export function nextFrame(then: () => void): void {
  if (document.hidden) return then();
  const frame = requestAnimationFrame(call);
  document.addEventListener('visibilitychange', call);
  function call(): void {
    cancelAnimationFrame(frame);
    document.removeEventListener('visibilitychange', call);
    then();
  }
}
