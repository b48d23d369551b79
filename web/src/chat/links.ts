/** A piece of a message: plain text, or text that leads somewhere. */
export interface Part {
  readonly text: string;
  readonly href: string | undefined;
}

const candidate = /https?:\/\/[^\s<>"']+/giu;

/**
 * Finds `http` and `https` addresses. Punctuation that ends a sentence is not part of an address, nor is a
 * closing bracket without its opening one. The parts' texts joined are the text.
 */
export function linkify(text: string): readonly Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(candidate)) {
    const address = withoutTail(match[0]);
    const href = safeHref(address);
    if (href === undefined) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index), href: undefined });
    parts.push({ text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), href: undefined });
  return parts;
}

function withoutTail(address: string): string {
  let end = address.length;
  while (end > 0 && isTail(address.slice(0, end))) end--;
  return address.slice(0, end);
}

function isTail(address: string): boolean {
  if (/[.,;:!?…*_~]$/u.test(address)) return true;
  if (address.endsWith(')')) return count(address, ')') > count(address, '(');
  return address.endsWith(']') && count(address, ']') > count(address, '[');
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

/** The address in its normal form; undefined for all but `http` and `https`. */
export function safeHref(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  return (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '' ? url.href : undefined;
}
