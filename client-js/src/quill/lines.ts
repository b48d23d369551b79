import { Delta, lengthOf } from '../docs/delta.js';

/** What a Quill can show. */
export interface Shows {
  /** By the name of an embed. */
  embed(kind: string): 'inline' | 'block' | undefined;
}

const kindOf = (insert: object): string => Object.keys(insert)[0] ?? '';

/**
 * As Quill takes it, length for length: an embed that this page has no blot for is an object replacement character, and
 * a carriage return, which Quill would drop, a space without width.
 */
export function shown(change: Delta, shows: Shows): Delta {
  const result = new Delta();
  for (const op of change.ops) {
    if (typeof op.insert === 'string') result.push({ ...op, insert: op.insert.replaceAll('\r', '\u200b') });
    else if (op.insert && !shows.embed(kindOf(op.insert))) result.push({ ...op, insert: '\ufffc' });
    else result.push(op);
  }
  return result;
}

/**
 * The newlines that Quill's model needs and the document does not have: one at the end, and one between text and a block
 * embed. The change that adds them, to a document as {@link shown}.
 */
export function missingLines(content: Delta, shows: Shows): Delta {
  const lines = new Delta();
  let onLine = false;
  let ended = false;
  for (const op of content.ops) {
    const { insert } = op;
    const block = typeof insert === 'object' && shows.embed(kindOf(insert)) === 'block';
    if (block && onLine) lines.insert('\n');
    lines.retain(lengthOf(op));
    ended = typeof insert === 'string' && insert.endsWith('\n');
    onLine = !block && !ended;
  }
  return ended ? lines.chop() : lines.insert('\n');
}

/**
 * A change of the document, as a change of what Quill shows: a newline of Quill's own stays where one is missing before
 * and behind it.
 *
 * @param before what was missing
 * @param after what is missing behind the change
 */
export function withLines(change: Delta, before: Delta, after: Delta): Delta {
  const wanted = new Set(placesOf(after));
  const stays = placesOf(before).map((place) => wanted.delete(change.transformPosition(place)));
  const kept = linesAt(placesOf(before).filter((_, index) => stays[index]));
  const removed = linesAt(placesOf(before).filter((_, index) => !stays[index]));
  const added = linesAt(placesOf(after).filter((place) => wanted.has(place)));
  return kept
    .transform(removed)
    .invert(new Delta())
    .compose(kept.transform(change))
    .compose(change.transform(kept, true).transform(added));
}

/** In the document that they are added to. */
function placesOf(lines: Delta): number[] {
  let at = 0;
  return lines.ops.flatMap(({ insert, retain = 0 }) => {
    at += retain;
    return typeof insert === 'string' ? [...insert].map(() => at) : [];
  });
}

function linesAt(places: readonly number[]): Delta {
  return places.reduce((lines, place, index) => lines.retain(place - (places[index - 1] ?? 0)).insert('\n'), new Delta());
}

/**
 * A change of what Quill shows, as a change of the document. Newlines of Quill's own stay its own where they are not
 * touched and would be missing behind the change too; else all of them become the document's.
 *
 * @param lines what is missing in the document before the change
 */
export function withoutLines(content: Delta, lines: Delta, change: Delta, shows: Shows): Delta {
  if (lines.ops.length === 0) return change;
  const all = lines.compose(change);
  const kept = untouched(lines, change);
  const attempt = all.compose(kept.invert(new Delta()));
  const after = content.compose(attempt);
  return after.compose(missingLines(shown(after, shows), shows)).equals(content.compose(all)) ? attempt : all;
}

/** Of the added newlines, those that a change leaves alone, as the change that would add them behind it. */
function untouched(lines: Delta, change: Delta): Delta {
  const result = new Delta();
  let reached = 0;
  let at = 0;
  for (const { insert, retain = 0 } of lines.ops) {
    if (insert === undefined) at += retain;
    else if (survives(change, at)) {
      const now = change.transformPosition(at);
      result.retain(now - reached).insert('\n');
      reached = now + 1;
      at++;
    } else at++;
  }
  return result;
}

/** Whether a change leaves one place as it is. */
function survives({ ops }: Delta, at: number): boolean {
  let reached = 0;
  for (const op of ops) {
    if (op.insert !== undefined) continue;
    reached += lengthOf(op);
    if (reached > at) return op.delete === undefined && op.attributes === undefined;
  }
  return true;
}
