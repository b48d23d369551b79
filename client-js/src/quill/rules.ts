import { Delta } from '../docs/delta.js';

/*
 * What the server takes, said once more here (DocumentRules in the module `ot`), so that nobody loses what they wrote
 * for a colour that came along with a paste. The server's word counts.
 */

type Rule = (value: unknown) => boolean;

const is: Rule = (value) => value === true;
const oneOf = (...values: readonly unknown[]): Rule => (value) => values.includes(value);
const integer = (min: number, max: number): Rule => (value) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
const matching = (pattern: RegExp, lengthMax: number): Rule => (value) => typeof value === 'string' && value.length <= lengthMax && pattern.test(value);
const either = (one: Rule, other: Rule): Rule => (value) => one(value) || other(value);

const lone = /\p{Cs}/u;
const text = (lengthMax: number): Rule => (value) => typeof value === 'string' && value.length <= lengthMax && !lone.test(value);
const color = matching(/^(?:#(?:[\da-fA-F]{3,4}|[\da-fA-F]{6}|[\da-fA-F]{8})|[a-zA-Z]{1,32}|(?:rgb|hsl)a?\([\d.,%/ deg]{1,48}\))$/, 64);
const extent = either(matching(/^\d{1,5}(?:\.\d{1,4})?(?:px|%)?$/, 16), integer(1, 99_999));

/** A scheme is what stands before a colon that comes before any slash, question mark or number sign. */
function address(value: unknown, schemes: readonly string[], relative: boolean): boolean {
  if (typeof value !== 'string' || value.trim() === '' || value.length > 2_048 || /[\p{Cc}\p{Cs}]/u.test(value)) return false;
  const [, scheme] = /^([^:/?#\\]*):/.exec(value) ?? [];
  return scheme === undefined ? relative : schemes.includes(scheme.toLowerCase());
}

function image(value: unknown): boolean {
  if (typeof value !== 'string' || !/^data:image\//i.test(value)) return address(value, ['http', 'https'], false);
  return value.length <= 1_000_000 && /^data:image\/(?:png|jpeg|gif|webp);base64,[a-z\d+/=]+$/i.test(value);
}

const attributes: Readonly<Record<string, Rule>> = {
  bold: is,
  italic: is,
  underline: is,
  strike: is,
  code: is,
  link: (value) => address(value, ['http', 'https', 'mailto', 'tel'], true),
  color,
  background: color,
  size: matching(/^(?:small|normal|large|huge|\d{1,4}(?:\.\d{1,4})?(?:px|pt|em|rem|%))$/, 16),
  font: matching(/^[\p{L}\p{N}][\p{L}\p{N} _-]{0,63}$/u, 64),
  script: oneOf('sub', 'super'),
  header: integer(1, 6),
  list: oneOf('ordered', 'bullet', 'checked', 'unchecked'),
  align: oneOf('left', 'center', 'right', 'justify'),
  indent: integer(1, 8),
  direction: oneOf('rtl'),
  blockquote: is,
  'code-block': either(is, matching(/^[a-zA-Z\d][\w+#.-]{0,31}$/, 32)),
  alt: text(1_000),
  width: extent,
  height: extent,
};

const embeds: Readonly<Record<string, Rule>> = { image, formula: text(2_000), divider: is };

const allows = (rules: Readonly<Record<string, Rule>>, name: string, value: unknown) => Object.hasOwn(rules, name) && rules[name]!(value);

/** A change without what the server would refuse: formats and embeds that it does not know, or whose value is not in order. */
export function permitted(change: Delta): Delta {
  const result = new Delta();
  for (const op of change.ops) {
    const kept = Object.entries(op.attributes ?? {}).filter(
      ([name, value]) => (value === null && Object.hasOwn(attributes, name)) || allows(attributes, name, value),
    );
    const worn = Object.fromEntries(kept);
    if (typeof op.insert === 'string') result.insert(op.insert.replace(/\p{Cs}/gu, '\ufffd'), worn);
    else if (op.insert) {
      const [[kind, value] = ['', null], ...others] = Object.entries(op.insert);
      if (others.length === 0 && allows(embeds, kind, value)) result.insert(op.insert, worn);
    } else result.delete(op.delete ?? 0).retain(op.retain ?? 0, worn);
  }
  return result.chop();
}
