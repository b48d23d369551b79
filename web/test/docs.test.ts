import type { DocumentState } from '@peal/client/docs';
import { describe, expect, it } from 'vitest';
import { hashOfDocument, routeOf, shareAddress } from '../src/docs/route';
import { savedText } from '../src/docs/saved';
import { stretchesOf } from '../src/docs/timeline';

describe('the address', () => {
  it('names a document', () => expect(routeOf(hashOfDocument('plan-1'))).toEqual({ kind: 'document', documentId: 'plan-1' }));

  it.each(['', '#', '#/', '#/d/', '#/d/../etc', '#/d/a b', '#share='])('is the list for «%s»', (hash) => expect(routeOf(hash)).toEqual({ kind: 'shelf' }));

  it('carries a secret in its fragment alone', () => {
    const address = shareAddress('https://peal.example/docs#/d/plan', 'a/b+c=');
    expect(new URL(address).pathname).toBe('/docs');
    expect(routeOf(new URL(address).hash)).toEqual({ kind: 'share', secret: 'a/b+c=' });
  });
});

describe('what the bar says', () => {
  const state: DocumentState = { kind: 'live', saved: true, pending: 0, kept: false, role: 'owner', title: 'Plan', revision: 1, refusal: undefined };

  it.each<[Partial<DocumentState>, string]>([
    [{}, 'Saved'],
    [{ saved: false, pending: 1 }, 'Saving…'],
    [{ kind: 'offline' }, 'Offline'],
    [{ kind: 'offline', saved: false, pending: 1, kept: true }, 'Offline. 1 change is kept on this device'],
    [{ kind: 'offline', saved: false, pending: 3 }, 'Offline. 3 changes are in this page only'],
    [{ kind: 'opening' }, 'Opening…'],
  ])('of %j is «%s»', (change, text) => expect(savedText({ ...state, ...change })).toBe(text));
});

describe('the timeline', () => {
  const entry = (revision: number, userId: string, minute: number) => ({ revision, userId, userName: userId, timestamp: minute * 60_000 });

  it('gathers what one person wrote without a pause, newest first', () => {
    const stretches = stretchesOf([entry(1, 'ann', 0), entry(2, 'ann', 1), entry(3, 'bob', 2), entry(4, 'ann', 3), entry(5, 'ann', 30)]);
    expect(stretches.map(({ userId, from, to }) => [userId, from, to])).toEqual([
      ['ann', 5, 5],
      ['ann', 4, 4],
      ['bob', 3, 3],
      ['ann', 1, 2],
    ]);
  });
});
