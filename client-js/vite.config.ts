import { defineConfig } from 'vite';
// @ts-expect-error: a list for Node scripts too, which know no types
import { entries } from './build/entries.mjs';

const sources = Object.entries(entries as Record<string, { source: string }>).map(([name, { source }]) => [name, source]);

export default defineConfig({
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    minify: false,
    lib: { entry: Object.fromEntries(sources), formats: ['es'] },
  },
});
