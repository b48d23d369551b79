import type { Attributes, Delta } from '@peal/client/docs';

/** A stretch of one line in one format. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string; readonly format: Attributes }
  | { readonly kind: 'embed'; readonly embed: string; readonly value: unknown; readonly format: Attributes };

/** What stands between two newlines; `format` is that of the newline behind it. */
export interface Line {
  readonly pieces: readonly Piece[];
  readonly format: Attributes;
}

const plain: Attributes = {};

/** The lines of a document. The last one has no newline unless there is text in it: an empty document has no lines. */
export function linesOf(content: Delta): readonly Line[] {
  const lines: Line[] = [];
  let pieces: Piece[] = [];
  const end = (format: Attributes) => {
    lines.push({ pieces, format });
    pieces = [];
  };
  for (const { insert, attributes: format = plain } of content.ops) {
    if (typeof insert === 'string') {
      const [first = '', ...rest] = insert.split('\n');
      if (first !== '') pieces.push({ kind: 'text', text: first, format });
      for (const text of rest) {
        end(format);
        if (text !== '') pieces.push({ kind: 'text', text, format });
      }
    } else if (insert !== undefined) {
      const [embed, value] = Object.entries(insert)[0] ?? ['', null];
      pieces.push({ kind: 'embed', embed, value, format });
    }
  }
  if (pieces.length > 0) end(plain);
  return lines;
}

/** The line's letters alone. */
export function textOf({ pieces }: Line): string {
  return pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('');
}
