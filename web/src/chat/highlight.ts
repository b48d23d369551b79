import type { Range } from './search';

/** A piece of a text; `hit` if it is what was looked for. */
export interface Piece {
  readonly text: string;
  readonly hit: boolean;
}

/** A text longer than this is shown in part, in code points. */
export const excerptMax = 280;
const excerptBefore = 60;

/**
 * The text around its first hit, in pieces. Ranges are counted in Unicode code points, as JavaScript's strings are not;
 * those outside the text, or overlapping, are bent to fit.
 */
export function excerpt(text: string, ranges: readonly Range[]): readonly Piece[] {
  const points = [...text];
  const sorted = [...ranges].sort(([a], [b]) => a - b);
  const from = points.length <= excerptMax ? 0 : Math.min(Math.max(0, (sorted[0]?.[0] ?? 0) - excerptBefore), points.length - excerptMax);
  const to = Math.min(points.length, from + excerptMax);
  const pieces: Piece[] = [];
  const add = (start: number, end: number, hit: boolean) => {
    if (start < end) pieces.push({ text: points.slice(start, end).join(''), hit });
  };
  let at = from;
  for (const [start, end] of sorted) {
    add(at, Math.min(start, to), false);
    add(Math.max(at, start), Math.min(end, to), true);
    at = Math.max(at, Math.min(end, to));
  }
  add(at, to, false);
  return [...ellipsis(from > 0), ...pieces, ...ellipsis(to < points.length)];
}

function ellipsis(cut: boolean): readonly Piece[] {
  return cut ? [{ text: '…', hit: false }] : [];
}
