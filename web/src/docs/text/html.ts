import type { Attributes, Delta } from '@peal/client/docs';
import { type Line, linesOf, type Piece } from './lines';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}

/** A whole page of HTML that looks like the document in any browser, without a script. */
export function htmlPage(title: string, content: Delta): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.6 system-ui, sans-serif; }
pre { padding: 0.75rem 1rem; overflow-x: auto; background: #f2f2f0; }
blockquote { margin-left: 0; padding-left: 1rem; border-left: 0.25rem solid #ccc; }
img { max-width: 100%; }
ul.checklist { list-style: none; padding-left: 0.5rem; }
</style>
</head>
<body>
${htmlOf(content)}</body>
</html>
`;
}

/** The document's body as HTML. Everything of the document's is escaped; addresses are those that the server takes. */
export function htmlOf(content: Delta): string {
  const lines = linesOf(content);
  let html = '';
  for (let at = 0; at < lines.length; ) {
    const group = groupAt(lines, at);
    html += `${group.html}\n`;
    at += group.lines;
  }
  return html;
}

interface Group {
  readonly html: string;
  readonly lines: number;
}

/** The lines from one on that are one thing: a list, a block of code, a quotation; else one line. */
function groupAt(lines: readonly Line[], at: number): Group {
  const first = lines[at]!;
  if (first.format['code-block']) return run(lines, at, isCode, (code) => `<pre><code>${code.map(inner).join('\n')}</code></pre>`);
  if (first.format['list']) return run(lines, at, isListed, (items) => list(items));
  if (first.format['blockquote']) {
    return run(lines, at, isQuoted, (quoted) => `<blockquote>${quoted.map((line) => `<p${lineStyle(line)}>${inner(line)}</p>`).join('')}</blockquote>`);
  }
  const level = first.format['header'];
  const tag = typeof level === 'number' && level >= 1 && level <= 6 ? `h${level}` : 'p';
  return { html: `<${tag}${lineStyle(first)}>${inner(first) || '<br>'}</${tag}>`, lines: 1 };
}

const isCode = ({ format }: Line) => Boolean(format['code-block']);
const isQuoted = ({ format }: Line) => Boolean(format['blockquote']);
const isListed = ({ format }: Line) => Boolean(format['list']);

function run(lines: readonly Line[], at: number, belongs: (line: Line) => boolean, html: (group: readonly Line[]) => string): Group {
  let end = at;
  while (end < lines.length && belongs(lines[end]!)) end++;
  return { html: html(lines.slice(at, end)), lines: end - at };
}

/** Nested by indentation. An item that is indented deeper belongs to the one before it. */
function list(items: readonly Line[]): string {
  let html = '';
  const open: string[] = [];
  for (const item of items) {
    const depth = Number(item.format['indent'] ?? 0) + 1;
    const tag = item.format['list'] === 'ordered' ? 'ol' : 'ul';
    while (open.length > depth) html += `</li></${open.pop()!}>`;
    if (open.length === depth && open.at(-1) !== tag) html += `</li></${open.pop()!}>`;
    else if (open.length === depth) html += '</li>';
    while (open.length < depth) {
      html += `<${tag}${isChecklist(item) ? ' class="checklist"' : ''}>`;
      open.push(tag);
      if (open.length < depth) html += '<li>';
    }
    html += `<li${lineStyle(item)}>${checkbox(item)}${inner(item)}`;
  }
  while (open.length > 0) html += `</li></${open.pop()!}>`;
  return html;
}

const isChecklist = ({ format }: Line) => format['list'] === 'checked' || format['list'] === 'unchecked';

function checkbox(item: Line): string {
  return isChecklist(item) ? `<input type="checkbox" disabled${item.format['list'] === 'checked' ? ' checked' : ''}> ` : '';
}

function lineStyle({ format }: Line): string {
  const align = format['align'];
  const styles = [
    ...(typeof align === 'string' ? [`text-align: ${align}`] : []),
    ...(format['indent'] !== undefined && !format['list'] ? [`margin-left: ${Number(format['indent']) * 2}rem`] : []),
  ];
  return `${format['direction'] === 'rtl' ? ' dir="rtl"' : ''}${styles.length === 0 ? '' : ` style="${escaped(styles.join('; '))}"`}`;
}

function inner({ pieces }: Line): string {
  return pieces.map(piece).join('');
}

function piece(it: Piece): string {
  if (it.kind === 'text') return dressed(escaped(it.text), it.format);
  if (it.embed === 'image') return dressed(`<img src="${escaped(String(it.value))}" alt="${escaped(String(it.format['alt'] ?? ''))}">`, it.format);
  if (it.embed === 'divider') return '<hr>';
  return `<code>${escaped(String(it.value))}</code>`;
}

const tags = { bold: 'strong', italic: 'em', underline: 'u', strike: 's', code: 'code' } as const;
const sizes: Readonly<Record<string, string>> = { small: '0.75em', large: '1.5em', huge: '2.5em' };

function dressed(html: string, format: Attributes): string {
  let result = html;
  for (const [name, tag] of Object.entries(tags)) if (format[name]) result = `<${tag}>${result}</${tag}>`;
  if (format['script'] === 'sub' || format['script'] === 'super') {
    const tag = format['script'] === 'sub' ? 'sub' : 'sup';
    result = `<${tag}>${result}</${tag}>`;
  }
  const size = typeof format['size'] === 'string' ? (sizes[format['size']] ?? format['size']) : undefined;
  const styles = [
    ...(typeof format['color'] === 'string' ? [`color: ${format['color']}`] : []),
    ...(typeof format['background'] === 'string' ? [`background-color: ${format['background']}`] : []),
    ...(size !== undefined ? [`font-size: ${size}`] : []),
    ...(typeof format['font'] === 'string' ? [`font-family: ${format['font']}`] : []),
  ];
  if (styles.length > 0) result = `<span style="${escaped(styles.join('; '))}">${result}</span>`;
  if (typeof format['link'] === 'string') result = `<a href="${escaped(format['link'])}" rel="noopener noreferrer">${result}</a>`;
  return result;
}
