/** How a run of text looks: strings, booleans and numbers by name. In a retain, null takes one away. */
export type Attributes = Readonly<Record<string, unknown>>;

/** Whether two values of JSON are equal. */
export function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => key in other && same(one[key as never], other[key as never]));
}

/** What `later` makes of `earlier`. Nulls stay where they still have something to take away: on a retain. */
export function composed(earlier: Attributes = {}, later: Attributes = {}, keepsNull: boolean): Attributes | undefined {
  const both = [...Object.entries(later), ...Object.entries(earlier).filter(([name]) => later[name] === undefined)];
  return attributesOf(both.filter(([name, value]) => keepsNull || value !== null || later[name] === undefined));
}

/** `mine` behind `theirs`, both made on the same text. With priority, theirs win. */
export function transformed(theirs: Attributes | undefined, mine: Attributes | undefined, priority: boolean): Attributes | undefined {
  if (!theirs || !mine || !priority) return mine;
  return attributesOf(Object.entries(mine).filter(([name]) => theirs[name] === undefined));
}

/** What leads from `from` to `to`. */
export function difference(from: Attributes = {}, to: Attributes = {}): Attributes | undefined {
  const names = new Set([...Object.keys(from), ...Object.keys(to)]);
  return attributesOf([...names].filter((name) => !same(from[name], to[name])).map((name) => [name, to[name] ?? null]));
}

/** What takes `change` back from a text that looked like `base`. */
export function inverse(change: Attributes, base: Attributes = {}): Attributes | undefined {
  const changed = Object.keys(change).filter((name) => !same(change[name], base[name]));
  return attributesOf(changed.map((name) => [name, base[name] ?? null]));
}

/** By `fromEntries`, which makes even `__proto__` a name like any other. */
function attributesOf(entries: readonly (readonly [string, unknown])[]): Attributes | undefined {
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
