import type { Range as Stretch } from '@peal/client/docs';
import { hueOf, hues } from '../design/people';
import type { Quill } from './quillOf';

/** Marks over the text that are no part of it: nothing in the editor's content changes. Nothing where the browser cannot. */
export class Highlights {
  readonly #quill: Quill;

  constructor(quill: Quill) {
    this.#quill = quill;
  }

  comments(ranges: readonly Stretch[], active: Stretch | undefined): void {
    this.#paint('peal-comment', ranges);
    this.#paint('peal-comment-active', active === undefined ? [] : [active]);
  }

  /** By who wrote them. */
  authors(runs: readonly { readonly userId: string | null; readonly length: number }[]): void {
    const byHue: Stretch[][] = Array.from({ length: hues }, () => []);
    let index = 0;
    for (const { userId, length } of runs) {
      byHue[hueOf(userId ?? '')]!.push({ index, length });
      index += length;
    }
    for (const [hue, ranges] of byHue.entries()) this.#paint(`peal-author-${hue}`, ranges);
  }

  clear(): void {
    this.comments([], undefined);
    this.authors([]);
  }

  #paint(name: string, stretches: readonly Stretch[]): void {
    if (typeof Highlight === 'undefined' || CSS.highlights === undefined) return;
    const ranges = stretches.map((stretch) => this.#rangeOf(stretch)).filter((range) => range !== undefined);
    if (ranges.length === 0) CSS.highlights.delete(name);
    else CSS.highlights.set(name, new Highlight(...ranges));
  }

  #rangeOf({ index, length }: Stretch): globalThis.Range | undefined {
    if (length === 0) return undefined;
    const range = document.createRange();
    try {
      const [start, startAt] = this.#quill.getLeaf(index);
      const [end, endAt] = this.#quill.getLeaf(index + length);
      if (start === null || end === null) return undefined;
      range.setStart(...start.position(startAt, true));
      range.setEnd(...end.position(endAt, true));
      return range;
    } catch {
      return undefined; // an embed without text, or a place that Quill does not show yet
    }
  }
}
