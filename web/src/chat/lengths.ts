/** The longest message and the longest query, in Unicode code points (PROTOCOL.md, section 11). */
export const messageCodePointsMax = 1_000;
export const queryCodePointsMax = 200;

export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
