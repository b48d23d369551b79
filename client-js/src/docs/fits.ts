import { type Delta, lengthOf } from './delta.js';
import { tooLarge } from './pieces.js';

/** Why a change cannot be made to a document; undefined where it can. */
export function misfit(content: Delta, change: Delta): string | undefined {
  const cuts: number[] = [];
  let reached = 0;
  for (const op of change.ops) {
    if (op.insert === undefined) reached += lengthOf(op);
    else if (typeof op.insert === 'string' && /\p{Cs}/u.test(op.insert)) return 'half of a surrogate pair';
    cuts.push(reached);
  }
  if (tooLarge(change)) return 'too large';
  if (reached > content.length) return 'behind the end of the document';
  return cutsPair(content, cuts) ? 'inside a surrogate pair' : undefined;
}

/** @param cuts ascending */
function cutsPair(content: Delta, cuts: readonly number[]): boolean {
  let next = 0;
  let start = 0;
  for (const op of content.ops) {
    const end = start + lengthOf(op);
    for (; next < cuts.length && cuts[next]! < end; next++) {
      const at = cuts[next]! - start;
      if (typeof op.insert === 'string' && at > 0 && (op.insert.codePointAt(at - 1) ?? 0) > 0xffff) return true;
    }
    start = end;
  }
  return false;
}
