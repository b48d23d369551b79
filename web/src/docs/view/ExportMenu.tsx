import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../design/Icon';
import type { Paper } from '../paper';
import { htmlPage } from '../text/html';
import { markdownOf } from '../text/markdown';
import { plainText } from '../text/plain';

/** Prints the document, or saves it as a file. */
export function ExportMenu({ paper }: { paper: Paper }) {
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      if (menu.current?.open && !menu.current.contains(event.target as Node)) menu.current.open = false;
    };
    addEventListener('pointerdown', close);
    return () => removeEventListener('pointerdown', close);
  }, []);
  const save = (extension: string, type: string, text: () => string) => () => {
    download(`${fileName(paper.title.value)}.${extension}`, type, text());
    shut();
  };
  const shut = () => {
    if (menu.current === null) return;
    menu.current.open = false;
    menu.current.querySelector('summary')?.focus();
  };
  const content = () => paper.document.content;
  return (
    <details ref={menu} class="menu" onKeyDown={(event) => event.key === 'Escape' && shut()}>
      <summary class="icon-button" aria-label="Print and export" title="Print and export">
        <Icon name="more" />
      </summary>
      <ul class="menu-list">
        <li>
          <button
            type="button"
            onClick={() => {
              shut();
              print();
            }}
          >
            Print…
          </button>
        </li>
        <li>
          <button type="button" onClick={save('html', 'text/html', () => htmlPage(paper.title.value || 'Document', content()))}>
            Save as HTML
          </button>
        </li>
        <li>
          <button type="button" onClick={save('md', 'text/markdown', () => markdownOf(content()))}>
            Save as Markdown
          </button>
        </li>
        <li>
          <button type="button" onClick={save('txt', 'text/plain', () => plainText(content()))}>
            Save as plain text
          </button>
        </li>
        <li>
          <button type="button" onClick={save('json', 'application/json', () => `${JSON.stringify(content(), null, 2)}\n`)}>
            Save as Delta (JSON)
          </button>
        </li>
      </ul>
    </details>
  );
}

function fileName(title: string): string {
  return title.replace(/[\\/:*?"<>|\u0000-\u001f]+/g, ' ').replace(/\s+/g, ' ').trim().slice(0, 80) || 'document';
}

function download(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
