import Quill from 'quill';
import { Delta, type LiveDocument } from '../../src/docs/index.js';
import { bindQuill, type QuillBinding, type QuillOptions } from '../../src/quill/index.js';

/** An embed that stands for itself, as pages define one. */
const BlockEmbed = Quill.import('blots/block/embed') as unknown as new (...given: never[]) => object;

class Divider extends BlockEmbed {
  static blotName = 'divider';
  static tagName = 'hr';
}

Quill.register('formats/divider', Divider as never, true);

/** jsdom lays nothing out. */
Range.prototype.getBoundingClientRect = () => new DOMRect();

export interface Editor {
  readonly quill: Quill;
  readonly document: LiveDocument;
  readonly binding: QuillBinding;
}

export function editor(document: LiveDocument, options: QuillOptions = {}): Editor {
  const container = globalThis.document.createElement('div');
  globalThis.document.body.append(container);
  const quill = new Quill(container, { modules: { toolbar: false } });
  return { quill, document, binding: bindQuill(quill, document, options) };
}

/** What it shows, canonical. */
export const shownBy = ({ quill }: Editor): Delta => Delta.from(quill.getContents() as never);
