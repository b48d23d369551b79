/** The package's entry points: each is one of `exports` in package.json. `gzipMax` in bytes, where one is promised. */
export const entries = {
  index: { source: 'src/index.ts', gzipMax: 10 * 1024 },
  worker: { source: 'src/worker/index.ts' },
  sharedWorker: { source: 'src/worker/sharedWorker.ts' },
  docs: { source: 'src/docs/index.ts' },
  quill: { source: 'src/quill/index.ts', gzipMax: 5 * 1024 },
  market: { source: 'src/market/index.ts' },
  testing: { source: 'src/testing/index.ts' },
};

/** What a page pays that imports `Client` alone: the WebSocket, event streams, polling, resume and the outbox with it. */
export const core = { source: 'src/client.ts', gzipMax: 9 * 1024 };

/** What a page pays that imports `openDocument` alone: with undo, cursors, comments and the disk. */
export const document = { source: 'src/docs/liveDocument.ts', gzipMax: 10.25 * 1024 };

/** What a page pays that imports `MarketClient` alone: the connection, books, trades, candles and trading with it. */
export const market = { source: 'src/market/marketClient.ts', gzipMax: 10 * 1024 };
