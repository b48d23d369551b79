import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** The server's end of a WebSocket, as far as a browser on this machine needs it: whole frames, no compression. */
export class ServerSocket {
  readonly #stream: Duplex;
  #unread: Buffer = Buffer.alloc(0);

  constructor(asked: IncomingMessage, stream: Duplex, received: (text: string) => void, closed: () => void) {
    this.#stream = stream;
    const accept = createHash('sha1').update(`${asked.headers['sec-websocket-key']}${guid}`).digest('base64');
    stream.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
    stream.on('data', (chunk: Buffer) => this.#read(chunk, received));
    stream.on('error', () => stream.destroy());
    stream.on('close', closed);
  }

  /** How much is written and not yet taken. */
  get waiting(): number {
    return this.#stream.writableLength;
  }

  /** What is sent while `write` runs leaves in one piece. */
  together(write: () => void): void {
    this.#stream.cork();
    write();
    this.#stream.uncork();
  }

  text(text: string): void {
    this.#frame(1, Buffer.from(text));
  }

  bytes(bytes: Buffer): void {
    this.#frame(2, bytes);
  }

  end(): void {
    this.#stream.destroy();
  }

  #frame(opcode: number, payload: Buffer): void {
    const long = payload.length > 125;
    if (payload.length > 0xffff) throw new RangeError(`${payload.length} bytes in one frame`);
    const head = long ? Buffer.from([0x80 | opcode, 126, payload.length >> 8, payload.length & 0xff]) : Buffer.from([0x80 | opcode, payload.length]);
    this.#stream.write(head);
    this.#stream.write(payload);
  }

  #read(chunk: Buffer, received: (text: string) => void): void {
    this.#unread = Buffer.concat([this.#unread, chunk]);
    for (;;) {
      const unread = this.#unread;
      if (unread.length < 6) return;
      const short = (unread[1] as number) & 0x7f;
      const start = short === 126 ? 8 : 6;
      if (unread.length < start) return;
      const length = short === 126 ? unread.readUInt16BE(2) : short;
      if (unread.length < start + length) return;
      const mask = unread.subarray(start - 4, start);
      const payload = Buffer.from(unread.subarray(start, start + length).map((byte, i) => byte ^ (mask[i % 4] as number)));
      this.#unread = unread.subarray(start + length);
      const opcode = (unread[0] as number) & 0x0f;
      if (opcode === 1) received(payload.toString());
      else if (opcode === 9) this.#frame(10, payload);
      else if (opcode === 8) return void this.#stream.end();
    }
  }
}
