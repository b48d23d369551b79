import type { Delta } from '@peal/client/docs';
import { linesOf, textOf } from './lines';

/** The letters of a document, a line a line. */
export function plainText(content: Delta): string {
  return linesOf(content)
    .map((line) => `${textOf(line)}\n`)
    .join('');
}

/** How much there is. Characters as a reader counts them. */
export interface Count {
  readonly words: number;
  readonly characters: number;
}

export function countOf(content: Delta, segmenters: Segmenters): Count {
  const text = content.ops.map(({ insert }) => (typeof insert === 'string' ? insert : ' ')).join('');
  let words = 0;
  for (const { isWordLike } of segmenters.words.segment(text)) if (isWordLike === true) words++;
  let characters = 0;
  for (const { segment } of segmenters.graphemes.segment(text)) if (!/^\s+$/u.test(segment) || segment === ' ') characters++;
  return { words, characters };
}

export interface Segmenters {
  readonly words: Intl.Segmenter;
  readonly graphemes: Intl.Segmenter;
}

/** Made once: making one costs more than using it. */
export function segmenters(locale?: string): Segmenters {
  return {
    words: new Intl.Segmenter(locale, { granularity: 'word' }),
    graphemes: new Intl.Segmenter(locale, { granularity: 'grapheme' }),
  };
}
