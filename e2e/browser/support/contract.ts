import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { BrowserContext, WebSocket } from '@playwright/test';

interface AsyncApi {
  readonly components: { readonly messages: Readonly<Record<string, { readonly payload: object }>> };
}

const file = new URL('../../../spec/src/main/resources/dev/peal/spec/asyncapi.json', import.meta.url);
const document = JSON.parse(readFileSync(file, 'utf8')) as AsyncApi;
const ajv = new Ajv({ strict: false }).addSchema(document, 'asyncapi.json');

/** What is wrong with a frame, by the document of the messages; undefined where nothing is. @param flat of the market's stream */
export function problemOf(direction: 'client' | 'server', frame: string, flat = false): string | undefined {
  const message = JSON.parse(frame) as { type: string; action?: string };
  const name = flat ? flatName(direction, message.action ?? message.type) : `${direction}.${message.type}`;
  if (document.components.messages[name] === undefined) return `${name} is not described: ${frame}`;
  const check = ajv.getSchema(`asyncapi.json#/components/schemas/${name}`);
  return check?.(message) === true ? undefined : `${name}: ${ajv.errorsText(check?.errors)} in ${frame}`;
}

/** Signing in and pings are as everywhere. */
function flatName(direction: 'client' | 'server', type: string): string {
  const name = `stream.${direction}.${type}`;
  return document.components.messages[name] === undefined ? `${direction}.${type}` : name;
}

/** Reports every frame of the context's WebSockets that the document does not describe. */
export function listen(context: BrowserContext, report: (problem: string) => void): void {
  const hear = (direction: 'client' | 'server', flat: boolean) => ({ payload }: { payload: string | Buffer }) => {
    // Prices as bytes are described in words; the client library is tested with vectors of them.
    if (flat && typeof payload !== 'string') return;
    const problem = problemOf(direction, String(payload), flat);
    if (problem !== undefined) report(problem);
  };
  const tap = (socket: WebSocket) => {
    const flat = new URL(socket.url()).pathname === '/stream';
    socket.on('framesent', hear('client', flat));
    socket.on('framereceived', hear('server', flat));
  };
  context.on('page', (page) => page.on('websocket', tap));
}
