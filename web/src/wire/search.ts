import { type Entry, type Frame, frameOf, isRecord, listOf, numberOf, readEntry } from './frames';

/** From the first code point to the one behind the last. */
export type Range = readonly [number, number];

/** An entry that was found, and where in its text. */
export interface Hit {
  readonly entry: Entry;
  readonly highlights: readonly Range[];
}

/** Newest first. `next`: the `before` of the next page, which there may be even where this one is empty. */
export interface SearchPage {
  readonly hits: readonly Hit[];
  readonly next: number | undefined;
}

/** The longest query, in Unicode code points. */
export const queryCodePointsMax = 200;

export function readSearch({ data }: Frame): SearchPage {
  return { hits: listOf(data, 'results').flatMap(readHit), next: numberOf(data, 'next') };
}

function readHit(value: unknown): readonly Hit[] {
  const entry = frameOf(value).map(readEntry)[0];
  if (entry === undefined || !isRecord(value)) return [];
  return [{ entry, highlights: listOf(value, 'highlights').filter(isRange) }];
}

function isRange(value: unknown): value is Range {
  return Array.isArray(value) && value.length === 2 && value.every(Number.isInteger) && value[0] < value[1];
}
