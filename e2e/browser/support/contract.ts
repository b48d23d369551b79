import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { BrowserContext, WebSocket } from '@playwright/test';

interface AsyncApi {
  readonly components: { readonly messages: Readonly<Record<string, { readonly payload: object }>> };
}

const file = new URL('../../../spec/src/main/resources/dev/peal/spec/asyncapi.json', import.meta.url);
const document = JSON.parse(readFileSync(file, 'utf8')) as AsyncApi;
const ajv = new Ajv({ strict: false }).addSchema(document, 'asyncapi.json');

/** What is wrong with a frame, by the document of the messages; undefined where nothing is. */
export function problemOf(direction: 'client' | 'server', frame: string): string | undefined {
  const message = JSON.parse(frame) as { type: string };
  const name = `${direction}.${message.type}`;
  if (document.components.messages[name] === undefined) return `${name} is not described: ${frame}`;
  const check = ajv.getSchema(`asyncapi.json#/components/schemas/${name}`);
  return check?.(message) === true ? undefined : `${name}: ${ajv.errorsText(check?.errors)} in ${frame}`;
}

/** Reports every frame of the context's WebSockets that the document does not describe. */
export function listen(context: BrowserContext, report: (problem: string) => void): void {
  const hear = (direction: 'client' | 'server') => ({ payload }: { payload: string | Buffer }) => {
    const problem = problemOf(direction, String(payload));
    if (problem !== undefined) report(problem);
  };
  const tap = (socket: WebSocket) => {
    // The market's messages are flat, and bytes.
    if (new URL(socket.url()).pathname === '/stream') return;
    socket.on('framesent', hear('client'));
    socket.on('framereceived', hear('server'));
  };
  context.on('page', (page) => page.on('websocket', tap));
}
