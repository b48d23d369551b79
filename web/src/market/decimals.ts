/** A decimal in text as digits and how many of them stand behind the point: "0.05" is 5 and 2. */
interface Scaled {
  readonly digits: bigint;
  readonly places: number;
}

/** How many digits stand behind the point of a step: 2 of "0.01". */
export function placesOf(step: string): number {
  const point = step.indexOf('.');
  return point < 0 ? 0 : step.length - point - 1;
}

/** Thousands apart: "64,000.50". */
export function grouped(text: string): string {
  const point = text.indexOf('.');
  const first = text.startsWith('-') ? 1 : 0;
  let out = text;
  for (let at = (point < 0 ? text.length : point) - 3; at > first; at -= 3) out = `${out.slice(0, at)},${out.slice(at)}`;
  return out;
}

export function isDecimal(text: string): boolean {
  return scaled(text) !== undefined;
}

/** How many whole steps a text is; undefined where it is no number, or lies between two steps. A comma in front of thousands is not minded. */
export function stepsOf(text: string, step: string): bigint | undefined {
  const value = scaled(text);
  const unit = scaled(step);
  if (value === undefined || unit === undefined || unit.digits === 0n) return undefined;
  const places = Math.max(value.places, unit.places);
  const amount = value.digits * 10n ** BigInt(places - value.places);
  const per = unit.digits * 10n ** BigInt(places - unit.places);
  return amount % per === 0n ? amount / per : undefined;
}

/** The text of so many steps, with the places of the step. */
export function textOfSteps(count: bigint | number, step: string): string {
  const unit = scaled(step) ?? { digits: 1n, places: 0 };
  return pointed(BigInt(count) * unit.digits, unit.places);
}

/** The product of two decimals, exactly, with `places` digits behind the point; what is left is cut off. */
export function product(a: string, b: string, places: number): string | undefined {
  const [x, y] = [scaled(a), scaled(b)];
  if (x === undefined || y === undefined) return undefined;
  const digits = x.digits * y.digits;
  const more = x.places + y.places - places;
  return pointed(more > 0 ? digits / 10n ** BigInt(more) : digits * 10n ** BigInt(-more), places);
}

function pointed(digits: bigint, places: number): string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(places + 1, '0');
  const whole = text.slice(0, text.length - places);
  return `${digits < 0n ? '-' : ''}${whole}${places === 0 ? '' : `.${text.slice(-places)}`}`;
}

/** Commas may part the thousands, where all of them are parted. In "0,125" the comma means a point, to whom writes so: no number here. */
const parted = /^[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/;

function scaled(text: string): Scaled | undefined {
  const trimmed = text.trim();
  const plain = parted.test(trimmed) ? trimmed.replaceAll(',', '') : trimmed;
  if (!/^(\d+\.?\d*|\.\d+)$/.test(plain)) return undefined;
  return { digits: BigInt(plain.replace('.', '')), places: placesOf(plain) };
}
