import { readFileSync } from 'node:fs';

const folder = new URL('../../../spec/src/main/resources/dev/peal/spec/vectors/', import.meta.url);

/** The cases of a file of golden vectors that all clients share. */
export function vectors<Case>(file: string): readonly Case[] {
  return (JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { cases: Case[] }).cases;
}

/** A text as vectors write it: a string, or a list of `[string, times]`. */
export function textOf(text: string | readonly (readonly [string, number])[]): string {
  return typeof text === 'string' ? text : text.map(([part, times]) => part.repeat(times)).join('');
}
