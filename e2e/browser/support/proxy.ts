import { createReadStream } from 'node:fs';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server as HttpServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Server } from './server.ts';

const pages = fileURLToPath(new URL('../pages/', import.meta.url));
const client = fileURLToPath(new URL('../../../client-js/dist/', import.meta.url));
const types: Readonly<Record<string, string>> = { html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8' };

/**
 * What stands between a browser and a server, and may be in the way. The pages under `/sdk/` are its own, so that a page
 * of the client library and the server are of one origin, to shared workers too.
 */
export class Proxy {
  /** As many proxies of companies do: no upgrade is let through. */
  blocksWebSockets = false;
  /** A response is kept back until it is whole, which a stream never is. */
  holdsStreams = false;
  /** Paths asked for, in order. */
  readonly asked: string[] = [];
  readonly #server: Server;
  readonly #http: HttpServer;
  readonly #sockets = new Set<Duplex>();
  #down = false;

  private constructor(server: Server) {
    this.#server = server;
    this.#http = createServer((asked, response) => this.#answer(asked, response));
    this.#http.on('upgrade', (asked: IncomingMessage, socket: Socket, head: Buffer) => this.#upgrade(asked, socket, head));
    this.#http.on('connection', (socket) => this.#keep(socket));
  }

  static async start(server: Server): Promise<Proxy> {
    const proxy = new Proxy(server);
    proxy.#http.listen(0, '127.0.0.1');
    await once(proxy.#http, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  /** Nothing comes through to the server any more, not even what is open. The proxy's own pages are still there. */
  goDown(): void {
    this.#down = true;
    this.cut();
  }

  comeBack(): void {
    this.#down = false;
  }

  /** Ends all that is open, without a word. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    this.#http.close();
    await once(this.#http, 'close');
  }

  #answer(asked: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(asked.url ?? '/', this.url);
    this.asked.push(pathname);
    const own = /^\/sdk\/(client\/)?([\w.-]+\.(html|js))$/.exec(pathname);
    if (own === null) return this.#forward(asked, response, pathname);
    response.setHeader('Content-Type', types[own[3] as string] as string);
    createReadStream((own[1] === undefined ? pages : client) + own[2])
      .on('error', () => response.writeHead(404).end())
      .pipe(response);
  }

  #forward(asked: IncomingMessage, response: ServerResponse, pathname: string): void {
    if (this.#down) return void response.destroy();
    const { method, headers } = asked;
    const onward = request(`${this.#server.url}${asked.url}`, { ...(method && { method }), headers }, (answer) => {
      if (this.holdsStreams && pathname === '/events') return;
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.on('close', () => response.destroy());
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    asked.pipe(onward);
  }

  #upgrade(asked: IncomingMessage, socket: Socket, head: Buffer): void {
    this.asked.push(asked.url ?? '/');
    if (this.#down) return void socket.destroy();
    if (this.blocksWebSockets) return void socket.end('HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n');
    const { hostname, port } = new URL(this.#server.url);
    const onward = connect(Number(port), hostname, () => {
      const lines = asked.rawHeaders.map((text, index) => (index % 2 === 0 ? `${text}: ` : `${text}\r\n`)).join('');
      onward.write(`${asked.method} ${asked.url} HTTP/1.1\r\n${lines}\r\n`);
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    this.#keep(onward);
    onward.on('close', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  }

  #keep(socket: Duplex): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
  }
}
