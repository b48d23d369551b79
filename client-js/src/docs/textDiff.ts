/** Lengths in UTF-16 code units: so much is kept, then so much removed and so much added, each of which may be nothing. */
export type Difference = readonly [kept: number, removed: number, added: number];

/** Changes that are looked for in the middle of two texts; where there are more, all of it counts as replaced. */
export const changesMax = 1_000;

/**
 * What makes `to` of `from`. What both begin and end with is kept; what is between is compared by Myers' greedy algorithm
 * ("An O(ND) Difference Algorithm and Its Variations", 1986), in code points, so that no surrogate pair is cut.
 */
export function differences(from: string, to: string): Difference[] {
  const start = startOf(from, to);
  const end = endOf(from, to, Math.min(from.length, to.length) - start);
  const middle = changes([...from.slice(start, from.length - end)], [...to.slice(start, to.length - end)]);
  return [[start, 0, 0], ...middle, [end, 0, 0]];
}

function startOf(from: string, to: string): number {
  let length = 0;
  while (length < from.length && from.charCodeAt(length) === to.charCodeAt(length)) length++;
  return length > 0 && isHigh(from, length - 1) ? length - 1 : length;
}

function endOf(from: string, to: string, max: number): number {
  let length = 0;
  while (length < max && from.charCodeAt(from.length - length - 1) === to.charCodeAt(to.length - length - 1)) length++;
  return length > 0 && isLow(from, from.length - length) ? length - 1 : length;
}

const isHigh = (text: string, index: number): boolean => (text.charCodeAt(index) & 0xfc00) === 0xd800;
const isLow = (text: string, index: number): boolean => (text.charCodeAt(index) & 0xfc00) === 0xdc00;

/**
 * Diagonal k holds the places where `x - y = k`, x counting in `from` and y in `to`. `furthest[k + d]` is the largest x
 * that d changes reach on it; the way back through those of each d is the script.
 */
function changes(from: readonly string[], to: readonly string[]): Difference[] {
  const everything: Difference = [0, sizeOf(from), sizeOf(to)];
  if (from.length === 0 || to.length === 0) return [everything];
  const steps: Int32Array[] = [];
  for (let d = 0; d <= changesMax; d++) {
    const before = steps[d - 1];
    const furthest = new Int32Array(2 * d + 1);
    steps.push(furthest);
    for (let k = -d; k <= d; k += 2) {
      let x = before ? reached(before, k, d) : 0;
      let y = x - k;
      while (x < from.length && y < to.length && from[x] === to[y]) [x, y] = [x + 1, y + 1];
      furthest[k + d] = x;
      if (x >= from.length && y >= to.length) return wayBack(steps, from, to);
    }
  }
  return [everything];
}

/** Whether the last change on the way to diagonal k was an addition. */
function added(before: Int32Array, k: number, d: number): boolean {
  return k === -d || (k !== d && before[k + d - 2]! < before[k + d]!);
}

function reached(before: Int32Array, k: number, d: number): number {
  return added(before, k, d) ? before[k + d]! : before[k + d - 2]! + 1;
}

function wayBack(steps: readonly Int32Array[], from: readonly string[], to: readonly string[]): Difference[] {
  const script: Difference[] = [];
  let x = from.length;
  let y = to.length;
  for (let d = steps.length - 1; d > 0; d--) {
    const before = steps[d - 1]!;
    const k = x - y;
    const addition = added(before, k, d);
    const startX = reached(before, k, d);
    const kept = sizeOf(from.slice(startX, x));
    const [beforeX, beforeY] = addition ? [startX, startX - k - 1] : [startX - 1, startX - k];
    script.push([kept, 0, 0], addition ? [0, 0, to[beforeY]!.length] : [0, from[beforeX]!.length, 0]);
    [x, y] = [beforeX, beforeY];
  }
  script.push([sizeOf(from.slice(0, x)), 0, 0]);
  return script.reverse();
}

function sizeOf(points: readonly string[]): number {
  return points.reduce((sum, { length }) => sum + length, 0);
}
