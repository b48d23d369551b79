// Random edits in which each character is typed once, as those of the documents' own tests (KnownText).

/** Characters of one unit, as many as a test may type; beyond come those of two. */
const last = 0xd7ff;
let next = 0x3400;
let nextPair = 0x10000;

const isLow = (unit) => unit >= 0xdc00 && unit < 0xe000;
const within = (text, index) => (isLow(text.charCodeAt(index)) ? index - 1 : index);

function type(count, below) {
  let text = '';
  for (let i = 0; i < count; i++) text += String.fromCodePoint(below(8) === 0 || next > last ? nextPair++ : next++);
  return text;
}

/** A change to a text that somebody sees, with what it types and what it deletes. */
export function change(text, random) {
  const below = (bound) => Math.floor(random() * bound);
  const at = within(text, below(text.length + 1));
  const to = within(text, at + below(Math.min(6, text.length - at) + 1));
  const here = { retain: at };
  const kind = below(6);
  if (kind < 4) {
    const typed = type(kind < 3 ? 1 + below(4) : 1, below);
    return { ops: [here, { insert: typed, ...(kind === 3 && { attributes: { bold: true } }) }], typed, deleted: '' };
  }
  if (to === at) return { ops: [], typed: '', deleted: '' };
  if (kind === 4) return { ops: [here, { delete: to - at }], typed: '', deleted: text.slice(at, to) };
  return { ops: [here, { retain: to - at, attributes: { bold: below(2) ? true : null } }], typed: '', deleted: '' };
}
