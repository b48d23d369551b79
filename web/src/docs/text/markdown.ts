import type { Attributes, Delta } from '@peal/client/docs';
import { type Line, linesOf, type Piece, textOf } from './lines';

/** The document as Markdown (CommonMark with strikethrough and task lists). What Markdown has no words for (colours, sizes) is left out. */
export function markdownOf(content: Delta): string {
  const lines = linesOf(content);
  let markdown = '';
  const numbers: number[] = [];
  for (const [at, line] of lines.entries()) {
    const before = lines[at - 1];
    const depth = Number(line.format['indent'] ?? 0);
    if (line.format['list'] === 'ordered') {
      numbers.length = depth + 1;
      numbers[depth] = (numbers[depth] ?? 0) + 1;
    } else {
      numbers.length = line.format['list'] ? Math.min(numbers.length, depth) : 0;
    }
    if (before !== undefined && !sameBlock(before, line)) markdown += '\n';
    markdown += line.format['code-block'] ? codeLine(before, line, lines[at + 1]) : `${blockMark(line, depth, numbers[depth] ?? 1)}${inline(line)}\n`;
  }
  return markdown;
}

/** Lines of one block follow each other without an empty line between. */
function sameBlock(a: Line, b: Line): boolean {
  const kind = ({ format }: Line) => (format['list'] ? 'list' : format['code-block'] ? 'code' : format['blockquote'] ? 'quote' : '');
  return kind(a) !== '' && kind(a) === kind(b);
}

function blockMark({ format }: Line, depth: number, number: number): string {
  const level = Number(format['header'] ?? 0);
  if (level >= 1 && level <= 6) return `${'#'.repeat(level)} `;
  if (format['blockquote']) return '> ';
  const indent = '    '.repeat(depth);
  switch (format['list']) {
    case 'ordered':
      return `${indent}${number}. `;
    case 'bullet':
      return `${indent}- `;
    case 'checked':
      return `${indent}- [x] `;
    case 'unchecked':
      return `${indent}- [ ] `;
    default:
      return '';
  }
}

/** A fence longer than any run of backticks within. */
function codeLine(before: Line | undefined, line: Line, after: Line | undefined): string {
  const opens = !before?.format['code-block'];
  const closes = !after?.format['code-block'];
  const language = typeof line.format['code-block'] === 'string' && line.format['code-block'] !== 'plain' ? line.format['code-block'] : '';
  return `${opens ? `\`\`\`${language}\n` : ''}${textOf(line)}\n${closes ? '```\n' : ''}`;
}

function inline({ pieces }: Line): string {
  const first = pieces[0];
  const text = pieces.map(piece).join('');
  // What would begin a block, were it not said that it is text.
  return first?.kind === 'text' ? text.replace(/^(\s*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|>)/, '$1\\$2').replace(/^(\s*\d+)([.)])(?=\s|$)/, '$1\\$2') : text;
}

function piece(it: Piece): string {
  if (it.kind === 'text') return marked(it.text, it.format);
  if (it.embed === 'image') return `![${literal(String(it.format['alt'] ?? ''))}](${target(String(it.value))})`;
  if (it.embed === 'divider') return '---';
  return `\`${String(it.value)}\``;
}

function marked(text: string, format: Attributes): string {
  // Marks do not close behind a space, so what is around the words stays outside of them.
  const [, lead = '', core = '', trail = ''] = /^(\s*)([^]*?)(\s*)$/.exec(text) ?? [];
  if (core === '') return text;
  let result = format['code'] ? codeSpan(core) : literal(core);
  if (format['strike']) result = `~~${result}~~`;
  if (format['italic']) result = `*${result}*`;
  if (format['bold']) result = `**${result}**`;
  if (typeof format['link'] === 'string') result = `[${result}](${target(format['link'])})`;
  return lead + result + trail;
}

function codeSpan(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return fence + space + text + space + fence;
}

function literal(text: string): string {
  return text.replace(/[\\`*_[\]<>~]/g, '\\$&').replace(/&(?=#?\w+;)/g, '\\&');
}

function target(address: string): string {
  return /[\s()<>]/.test(address) ? `<${address.replace(/[<>]/g, encodeURIComponent).replace(/\s/g, '%20')}>` : address;
}
