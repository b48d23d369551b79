import { describe, expect, it } from 'vitest';
import vectors from '../../spec/src/main/resources/dev/peal/spec/vectors/sse.json';
import { EventStream, type StreamEvent } from '../src/eventStream.js';

/** The same text whole, byte by byte, and in pieces of every size up to seven. */
function read(text: string): StreamEvent[] {
  const whole = readInPieces(text, text.length);
  for (let size = 1; size <= 7; size++) expect(readInPieces(text, size), `pieces of ${size}`).toEqual(whole);
  return whole;
}

function readInPieces(text: string, size: number): StreamEvent[] {
  const events: StreamEvent[] = [];
  const stream = new EventStream((event) => events.push(event));
  for (let start = 0; start < text.length; start += size) stream.push(text.slice(start, start + size));
  return events;
}

const data = (text: string) => read(text).map((event) => event.data);

describe('an event stream', () => {
  it('ends lines with any of the three ends', () => {
    expect(data('data: a\n\ndata: b\r\rdata: c\r\n\r\ndata: d\r\n\n')).toEqual(['a', 'b', 'c', 'd']);
  });

  it('joins the lines of one event', () => {
    expect(data('data: a\ndata\ndata:b\n\n')).toEqual(['a\n\nb']);
  });

  it('takes away one space and no more', () => {
    expect(data('data:  a \n\ndata:\tb\n\n')).toEqual([' a ', '\tb']);
  });

  it('ignores comments, fields that it does not know, and events without data', () => {
    expect(data(': ping\n\nretry: 2000\nid: 3\n\ndata : x\n\nDATA: y\n\n:data: z\n\ndata: end\n\n')).toEqual(['end']);
  });

  it('dispatches an empty data', () => {
    expect(data('data\n\ndata:\n\n')).toEqual(['', '']);
  });

  it('keeps the id until another one comes, and knows one that came alone', () => {
    expect(read('id: E:1\ndata: a\n\ndata: b\n\nid: E:2\n\ndata: c\n\nid\ndata: d\n\n').map((event) => event.lastEventId)).toEqual(['E:1', 'E:1', 'E:2', '']);
  });

  it('ignores an id with a NUL in it', () => {
    expect(read('id: 1\nid: 2\0\ndata: a\n\n')).toEqual([{ type: 'message', data: 'a', lastEventId: '1' }]);
  });

  it('names the event, once', () => {
    expect(read('event: typing\ndata: a\n\ndata: b\n\nevent: x\n\ndata: c\n\n').map(({ type }) => type)).toEqual(['typing', 'message', 'message']);
  });

  it('forgets an event that was cut off', () => {
    expect(data('data: a\n\ndata: b\n')).toEqual(['a']);
    expect(data('data: a\n\ndata: b')).toEqual(['a']);
  });

  it('keeps colons, line separators of Unicode and other characters in a value', () => {
    expect(data('data: {"a":"b:c\u2028\u2029\u0085\f"}\n\n')).toEqual(['{"a":"b:c\u2028\u2029\u0085\f"}']);
  });
});

interface Vector {
  readonly name: string;
  /** Pieces with how often each is repeated, where it is long. */
  readonly text?: string | readonly (readonly [string, number])[];
  readonly base64?: string;
  readonly events: readonly StreamEvent[];
}

describe('the vectors of spec/', () => {
  const bytesOf = ({ text = '', base64 }: Vector): Uint8Array => {
    if (base64 !== undefined) return Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
    return new TextEncoder().encode(typeof text === 'string' ? text : text.map(([piece, times]) => piece.repeat(times)).join(''));
  };

  it.each(vectors.cases as unknown as readonly Vector[])('$name', (vector) => {
    const bytes = bytesOf(vector);
    for (const size of [1, 2, 3, 5, 64, bytes.length]) {
      const events: StreamEvent[] = [];
      const decoder = new TextDecoder();
      const stream = new EventStream((event) => events.push(event));
      for (let start = 0; start < bytes.length; start += size) stream.push(decoder.decode(bytes.subarray(start, start + size), { stream: true }));
      expect(events, `pieces of ${size}`).toEqual(vector.events);
    }
  });
});
