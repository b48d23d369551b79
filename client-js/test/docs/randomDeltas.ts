import { Delta, type Op } from '../../src/docs/index.js';
import { lengthOf } from '../../src/docs/delta.js';

export type Random = () => number;

export const below = (random: Random, limit: number): number => Math.floor(random() * limit);
export const pick = <T>(random: Random, values: readonly T[]): T => values[below(random, values.length)]!;

const letters = [...'abcdefgh \n', '\u{1f600}', '\u{1f601}', 'e\u0301'];
const looks: readonly (Readonly<Record<string, unknown>> | undefined)[] = [
  undefined,
  undefined,
  { bold: true },
  { italic: true, color: '#f00' },
  { header: 2 },
];
const changes: typeof looks = [undefined, undefined, undefined, { bold: true }, { bold: null }, { color: '#00f', italic: null }, { header: 1 }];
const embeds: readonly Op['insert'][] = [{ image: 'https://a.example/1.png' }, { divider: true }];

export function randomText(random: Random, lengthMax: number): string {
  return Array.from({ length: 1 + below(random, lengthMax) }, () => pick(random, letters)).join('');
}

export function randomDocument(random: Random, runsMax = 6): Delta {
  const document = new Delta();
  for (let runs = below(random, runsMax + 1); runs > 0; runs--) {
    document.insert(random() < 0.15 ? pick(random, embeds)! : randomText(random, 8), pick(random, looks));
  }
  return document;
}

/** Never inside a surrogate pair. */
export function randomChange(random: Random, document: Delta, opsMax = 4): Delta {
  const change = new Delta();
  const { text, length } = document;
  let at = 0;
  for (let ops = below(random, opsMax) + 1; ops > 0; ops--) {
    const until = whole(text, at + below(random, length - at + 1));
    if (random() < 0.5) {
      change.retain(until - at, pick(random, changes));
      at = until;
    } else if (random() < 0.5) {
      change.delete(until - at);
      at = until;
    }
    if (random() < 0.6) change.insert(random() < 0.1 ? pick(random, embeds)! : randomText(random, 4), pick(random, looks));
  }
  return change.chop();
}

/** The next place that is not inside a surrogate pair. */
export function whole(text: string, at: number): number {
  return /[\udc00-\udfff]/.test(text[at] ?? '') ? at + 1 : at;
}

export function baseLength({ ops }: Delta): number {
  return ops.reduce((sum, op) => sum + (op.insert === undefined ? lengthOf(op) : 0), 0);
}
