import { readFileSync } from 'node:fs';
import type { SymbolInfo } from '../../src/market/index.js';

const file = new URL('../../../spec/src/main/resources/dev/peal/spec/vectors/market.json', import.meta.url);

/** The market's golden vectors: by kind, and the symbols that they are about. */
export function marketVectors(): { readonly symbols: readonly SymbolInfo[]; casesOf<Case>(kind: string): readonly Case[] } {
  const { symbols, cases } = JSON.parse(readFileSync(file, 'utf8')) as { symbols: SymbolInfo[]; cases: { kind: string }[] };
  return {
    symbols,
    casesOf: <Case>(kind: string) => {
      const found = cases.filter((vector) => vector.kind === kind) as Case[];
      if (found.length === 0) throw new Error(`no vectors of ${kind}`);
      return found;
    },
  };
}
