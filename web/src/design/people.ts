/** How many colours an avatar may have; the design has a class for each. */
export const hues = 12;

/** One or two letters for a name: its first and last word's, or its first two. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = firstLetter(words[0] ?? name);
  const last = words.length > 1 ? firstLetter(words.at(-1) ?? '') : '';
  return (first + last).toUpperCase() || '?';
}

/** The same user always has the same colour. The hash is FNV-1a, 32 bits. */
export function hueOf(userId: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < userId.length; index++) {
    hash = Math.imul(hash ^ userId.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % hues;
}

function firstLetter(word: string): string {
  return [...word].find((character) => /[\p{L}\p{N}]/u.test(character)) ?? '';
}
