import { defineConfig } from 'vite';
import { client } from './build/client.ts';

/** Each page is an entry of its own; they share `src/design`. */
const pages = { chat: 'index.html', asyncapi: 'asyncapi/index.html', docs: 'docs/index.html', market: 'market/index.html' };

/** Where `npm run dev` finds a running server. */
const server = process.env['PEAL_URL'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  resolve: { alias: client },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'target/classes/META-INF/peal/web',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Licences ask that their notices stay.
    rolldownOptions: { input: pages, output: { comments: { legal: true, annotation: false, jsdoc: false } } },
  },
  server: {
    proxy: {
      '/api': server,
      '/asyncapi.json': server,
      '/events': server,
      '/stream': { target: server, ws: true },
      '/chat': { target: server, ws: true },
      '/docs': { target: server, ws: true, bypass: (request) => (request.headers.upgrade === undefined ? '/docs/index.html' : undefined) },
    },
  },
});
