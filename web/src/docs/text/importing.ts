import { type Attributes, Delta } from '@peal/client/docs';
import { permitted } from '@peal/client/quill';
import { lexer, type Token, type Tokens } from 'marked';

/** Plain text as a document: any kind of line end is one, and other control characters than the tab are left out. */
export function fromText(text: string): Delta {
  const clean = text.replace(/^\ufeff/, '').replace(/\r\n?|\u2028|\u2029/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
  return permitted(ended(new Delta().insert(clean)));
}

/** Markdown as a document. HTML in it stays the text that it is: nothing of a file is ever markup of this page. */
export function fromMarkdown(markdown: string): Delta {
  const writer = new Writer();
  writer.blocks(lexer(markdown.replace(/^\ufeff/, ''), { gfm: true }), {});
  return permitted(writer.delta);
}

function ended(content: Delta): Delta {
  const last = content.ops.at(-1)?.insert;
  return last === undefined || (typeof last === 'string' && last.endsWith('\n')) ? content : content.insert('\n');
}

/** Writes tokens line by line. */
class Writer {
  delta = new Delta();

  blocks(tokens: readonly Token[], line: Attributes): void {
    for (const token of tokens) this.#block(token, line);
  }

  #block(token: Token, line: Attributes): void {
    switch (token.type) {
      case 'heading':
        return this.#line((token as Tokens.Heading).tokens, { header: (token as Tokens.Heading).depth });
      case 'paragraph':
        return this.#line((token as Tokens.Paragraph).tokens, line);
      case 'text':
        return this.#line((token as Tokens.Text).tokens ?? [token], line);
      case 'blockquote':
        return this.blocks((token as Tokens.Blockquote).tokens, { ...line, blockquote: true });
      case 'code':
        return this.#code(token as Tokens.Code);
      case 'list':
        return this.#list(token as Tokens.List, Number(line['indent'] ?? -1) + 1);
      case 'hr':
        this.delta = this.delta.insert({ divider: true }).insert('\n');
        return;
      case 'table':
        return this.#table(token as Tokens.Table);
      case 'space':
      case 'def':
        return;
      default:
        return this.#line([{ type: 'text', raw: token.raw, text: token.raw.replace(/\n+$/, '') } as Tokens.Text], line);
    }
  }

  #line(tokens: readonly Token[], line: Attributes): void {
    for (const token of tokens) this.#inline(token, {}, line);
    this.#end(line);
  }

  #end(line: Attributes): void {
    this.delta = this.delta.insert('\n', line);
  }

  #code({ text, lang }: Tokens.Code): void {
    const language = /^[a-zA-Z\d][\w+#.-]{0,31}/.exec(lang ?? '')?.[0] ?? 'plain';
    for (const row of text.split('\n')) {
      this.delta = this.delta.insert(row);
      this.#end({ 'code-block': language });
    }
  }

  #list({ items, ordered }: Tokens.List, indent: number): void {
    for (const item of items) {
      const kind = item.task ? (item.checked ? 'checked' : 'unchecked') : ordered ? 'ordered' : 'bullet';
      const line = { list: kind, ...(indent > 0 && { indent: Math.min(indent, 8) }) };
      const tokens = item.tokens.filter(({ type }) => type !== 'checkbox');
      for (const token of tokens) {
        if (token.type === 'list') this.#list(token as Tokens.List, indent + 1);
        else this.#block(token, line);
      }
      if (tokens.length === 0) this.#end(line);
    }
  }

  /** There are no tables: a row is a line, its cells between tabs. */
  #table({ header, rows }: Tokens.Table): void {
    for (const row of [header, ...rows]) {
      for (const [at, cell] of row.entries()) {
        if (at > 0) this.delta = this.delta.insert('\t');
        for (const token of cell.tokens) this.#inline(token, {}, {});
      }
      this.#end({});
    }
  }

  #inline(token: Token, format: Attributes, line: Attributes): void {
    const within = (more: Attributes) => {
      for (const each of (token as Tokens.Strong).tokens ?? []) this.#inline(each, { ...format, ...more }, line);
    };
    switch (token.type) {
      case 'strong':
        return within({ bold: true });
      case 'em':
        return within({ italic: true });
      case 'del':
        return within({ strike: true });
      case 'link':
        return within({ link: (token as Tokens.Link).href });
      case 'codespan':
        return this.#text((token as Tokens.Codespan).text, { ...format, code: true });
      case 'br':
        return this.#end(line);
      case 'image': {
        const { href, text } = token as Tokens.Image;
        this.delta = this.delta.insert({ image: href }, { ...format, ...(text !== '' && { alt: text }) });
        return;
      }
      case 'text':
        if ((token as Tokens.Text).tokens !== undefined) return within({});
        return this.#text((token as Tokens.Text).text, format);
      case 'escape':
        return this.#text((token as Tokens.Escape).text, format);
      default:
        return this.#text(token.raw, format);
    }
  }

  /** A line end within a paragraph is a space. */
  #text(text: string, format: Attributes): void {
    this.delta = this.delta.insert(text.replace(/\s*\n\s*/g, ' '), format);
  }
}
