import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Delta } from '@peal/client/docs';
import { Icon } from '../../design/Icon';
import { type Desk, explain } from '../desk';
import { hashOfDocument } from '../route';
import { titleMax } from './Shelf';

const bytesMax = 4 * 1024 * 1024;

/** A file of text or Markdown becomes a new document. */
export function Importer({ desk, onProblem }: { desk: Desk; onProblem: (text: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const busy = useSignal(false);
  const take = async (file: File) => {
    if (file.size > bytesMax) return onProblem('That file is larger than 4 MiB.');
    busy.value = true;
    try {
      const content = await read(file);
      const { documentId } = await desk.files.create(file.name.replace(/\.\w+$/, '').slice(0, titleMax) || 'Imported');
      await desk.show(documentId);
      await fill(desk, content);
      location.hash = hashOfDocument(documentId);
    } catch (error) {
      onProblem(error instanceof TypeError ? 'That file is no text in UTF-8.' : explain(error));
    }
    busy.value = false;
  };
  return (
    <>
      <button class="button" type="button" aria-disabled={busy.value} onClick={() => input.current?.click()}>
        <Icon name="down" />
        {busy.value ? 'Importing…' : 'Import'}
      </button>
      <input
        ref={input}
        class="visually-hidden"
        type="file"
        tabIndex={-1}
        aria-label="Import a file of text or Markdown"
        accept=".txt,.md,.markdown,text/plain,text/markdown"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file !== undefined) void take(file);
        }}
      />
    </>
  );
}

async function read(file: File): Promise<Delta> {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
  const { fromMarkdown, fromText } = await import('../text/importing');
  return /\.(md|markdown)$/i.test(file.name) || file.type === 'text/markdown' ? fromMarkdown(text) : fromText(text);
}

/** Writes into the document that lies open, once it may be written. */
async function fill(desk: Desk, content: Delta): Promise<void> {
  const open = desk.open.peek();
  if (open === undefined) return;
  if (!open.canEdit) {
    await new Promise<void>((done) => {
      const off = open.on('state', () => {
        if (!open.canEdit) return;
        off();
        done();
      });
    });
  }
  open.edit(content);
}
