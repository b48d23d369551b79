import { onTestFailed } from 'vitest';

declare const process: { readonly env: Readonly<Record<string, string | undefined>> };

/** A seed, which is printed when the test fails; `PEAL_SEED` repeats it. */
export function seededBy(): number {
  const seed = Number(process.env['PEAL_SEED'] ?? Date.now() % 2 ** 32);
  onTestFailed(() => console.error(`PEAL_SEED=${seed}`));
  return seed;
}

/** Mulberry32: a small seeded generator. */
export function seeded(): () => number {
  let state = seededBy() >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
