// Prints what each entry point weighs, minified and compressed, with all that it imports. Fails where one weighs more than promised.
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { core, document, entries, market } from './entries.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

async function minified(source) {
  const { output } = await build({
    root,
    configFile: false,
    logLevel: 'error',
    // As a page's build does it: what is built as a library keeps its white space.
    build: { write: false, target: 'es2022', modulePreload: false, rolldownOptions: { input: source, preserveEntrySignatures: 'strict' } },
  });
  return output.map(({ code }) => code).join('');
}

for (const [name, { source, gzipMax }] of Object.entries({ core, document, 'MarketClient': market, ...entries })) {
  const code = await minified(source);
  const bytes = gzipSync(code, { level: 9 }).length;
  const limit = gzipMax === undefined ? '' : ` of ${gzipMax} bytes`;
  console.log(`${name}: ${code.length} bytes minified, ${bytes}${limit} with gzip`);
  if (bytes > (gzipMax ?? Infinity)) process.exitCode = 1;
}
