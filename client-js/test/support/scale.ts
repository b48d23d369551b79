declare const process: { readonly env: Readonly<Record<string, string | undefined>> };

const nightly = process.env['PEAL_NIGHTLY'] === 'true';

/** How many cases to run, and from which seed: `PEAL_SEED` and `PEAL_SEEDS` repeat some. */
export function scale(usual: number, nightlyCount: number): { readonly count: number; readonly first: number } {
  const count = Number(process.env['PEAL_SEEDS'] ?? (nightly ? nightlyCount : usual));
  return { count, first: Number(process.env['PEAL_SEED'] ?? Date.now() % 2 ** 31) };
}
