import type { BookSide } from './bookSide.js';
import type { Steps } from './step.js';

const ranks = 10;
let table: Uint32Array | undefined;

/** Of the ten best levels of each side: CRC-32 of their digits, bid and ask in turn (PROTOCOL.md, section 17). */
export function checksumOf(bids: BookSide, asks: BookSide, { tick, lot }: Steps): number {
  let text = '';
  for (let rank = 0; rank < ranks; rank++) {
    for (const { ticks, lots } of [bids, asks]) {
      if (rank < ticks.length) text += tick.digits(ticks[rank]!) + lot.digits(lots[rank]!);
    }
  }
  return crc32(text);
}

/** CRC-32 (IEEE 802.3) of ASCII, unsigned. */
export function crc32(text: string): number {
  table ??= Uint32Array.from({ length: 256 }, (_, byte) => {
    for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
    return byte;
  });
  let crc = -1;
  for (let i = 0; i < text.length; i++) crc = (crc >>> 8) ^ table[(crc ^ text.charCodeAt(i)) & 0xff]!;
  return ~crc >>> 0;
}
