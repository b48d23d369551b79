import Quill from 'quill';
import QuillCursors from 'quill-cursors/core';

/** What the toolbar and the server know; anything else of a paste stays outside. */
export const formats = [
  'bold',
  'italic',
  'underline',
  'strike',
  'code',
  'link',
  'color',
  'background',
  'size',
  'font',
  'script',
  'header',
  'list',
  'align',
  'indent',
  'direction',
  'blockquote',
  'code-block',
  'image',
  'divider',
] as const;

const BlockEmbed = Quill.import('blots/block/embed') as unknown as new (...args: never[]) => object;

/** A line across the page. */
class Divider extends BlockEmbed {
  static blotName = 'divider';
  static tagName = 'hr';
}

Quill.register({ 'modules/cursors': QuillCursors, 'formats/divider': Divider as never }, true);

/** Quill without its own toolbar and history: the page and the document have theirs. */
export function quillOf(place: HTMLElement, label: string, readOnly: boolean): Quill {
  const quill = new Quill(place, {
    formats: [...formats],
    readOnly,
    modules: {
      toolbar: false,
      ...(!readOnly && { cursors: { hideDelayMs: 2_000, transformOnTextChange: false } }),
    },
  });
  quill.root.setAttribute('role', 'textbox');
  quill.root.setAttribute('aria-multiline', 'true');
  quill.root.setAttribute('aria-label', label);
  quill.root.setAttribute('tabindex', '0');
  return quill;
}

export type { Quill };
