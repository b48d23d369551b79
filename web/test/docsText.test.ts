import { Delta } from '@peal/client/docs';
import { describe, expect, it } from 'vitest';
import { htmlOf, htmlPage } from '../src/docs/text/html';
import { fromMarkdown, fromText } from '../src/docs/text/importing';
import { linesOf } from '../src/docs/text/lines';
import { markdownOf } from '../src/docs/text/markdown';
import { countOf, plainText, segmenters } from '../src/docs/text/plain';

const rich = new Delta()
  .insert('Plan')
  .insert('\n', { header: 1 })
  .insert('Some ')
  .insert('bold', { bold: true })
  .insert(' and ')
  .insert('a link', { link: 'https://example.org/a?b=1&c=2' })
  .insert('.\n')
  .insert('one')
  .insert('\n', { list: 'ordered' })
  .insert('within')
  .insert('\n', { list: 'bullet', indent: 1 })
  .insert('two')
  .insert('\n', { list: 'ordered' })
  .insert('done')
  .insert('\n', { list: 'checked' })
  .insert('if (a < b) {}')
  .insert('\n', { 'code-block': 'plain' })
  .insert('wise')
  .insert('\n', { blockquote: true });

describe('lines', () => {
  it('has none where there is nothing', () => expect(linesOf(new Delta())).toEqual([]));

  it('ends with the last letter where no newline follows', () => {
    expect(linesOf(new Delta().insert('a\nb')).map(({ pieces }) => pieces.length)).toEqual([1, 1]);
  });

  it('keeps empty ones', () => expect(plainText(new Delta().insert('a\n\nb\n'))).toBe('a\n\nb\n'));
});

describe('HTML', () => {
  it('has a tag for each format', () => {
    expect(htmlOf(rich)).toBe(
      '<h1>Plan</h1>\n' +
        '<p>Some <strong>bold</strong> and <a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer">a link</a>.</p>\n' +
        '<ol><li>one<ul><li>within</li></ul></li><li>two</li></ol><ul class="checklist"><li><input type="checkbox" disabled checked> done</li></ul>\n' +
        '<pre><code>if (a &lt; b) {}</code></pre>\n' +
        '<blockquote><p>wise</p></blockquote>\n',
    );
  });

  it('never lets a document speak HTML', () => {
    const hostile = new Delta()
      .insert('<script>alert(1)</script>', { color: '"><script>', link: '"onmouseover="x' })
      .insert({ image: '" onerror="x' }, { alt: '<b>' })
      .insert('\n', { align: '"><script>' });
    const page = htmlPage('</title><script>', hostile);
    expect(page).not.toContain('<script');
    expect(page).not.toMatch(/"\s*on\w+=/);
  });
});

describe('Markdown', () => {
  it('writes and reads the same', () => {
    expect(fromMarkdown(markdownOf(rich)).ops).toEqual(rich.ops);
  });

  it.each(['# no heading', '1. no list', '- no list', '> no quote', '*not* _italic_', '`no code`', '[no](link)', '<b>&amp;', 'a\\b', '~~no~~'])(
    'keeps «%s» the text that it is',
    (text) => expect(plainText(fromMarkdown(markdownOf(new Delta().insert(`${text}\n`))))).toBe(`${text}\n`),
  );

  it('leaves HTML and bad addresses as text', () => {
    const content = fromMarkdown('<img src=x onerror=alert(1)>\n\n[click](javascript:alert(1)) ![](javascript:x)\n');
    expect(plainText(content)).toContain('<img src=x onerror=alert(1)>');
    expect(content.ops.some(({ attributes, insert }) => attributes?.['link'] !== undefined || typeof insert === 'object')).toBe(false);
  });

  it('takes tasks, nested lists, code and hard breaks', () => {
    const content = fromMarkdown('- [ ] a\n- [x] b\n  - c\n\n```java\nint a;\nint b;\n```\n\none  \ntwo\n');
    expect(linesOf(content).map(({ format }) => format)).toEqual([
      { list: 'unchecked' },
      { list: 'checked' },
      { list: 'bullet', indent: 1 },
      { 'code-block': 'java' },
      { 'code-block': 'java' },
      {},
      {},
    ]);
  });
});

describe('text', () => {
  it('is taken with any line ends', () => expect(fromText('\ufeffa\r\nb\rc\u0000').ops).toEqual([{ insert: 'a\nb\nc\n' }]));

  it('is counted as a reader does', () => {
    const count = countOf(new Delta().insert('Don’t panic 👩‍👩‍👧\n').insert({ image: 'https://example.org/a.png' }), segmenters('en'));
    expect(count).toEqual({ words: 2, characters: 14 });
  });
});
