import { fits } from '@peal/client';

/** What the address asks for. */
export type Route =
  | { readonly kind: 'shelf' }
  | { readonly kind: 'document'; readonly documentId: string }
  /** A link that gives a role. Its secret stands in the fragment, which no browser sends. */
  | { readonly kind: 'share'; readonly secret: string };

const documentPrefix = '#/d/';
const sharePrefix = '#share=';

export function routeOf(hash: string): Route {
  if (hash.startsWith(sharePrefix) && hash.length > sharePrefix.length) {
    return { kind: 'share', secret: decodeURIComponent(hash.slice(sharePrefix.length)) };
  }
  const documentId = hash.startsWith(documentPrefix) ? hash.slice(documentPrefix.length) : '';
  return fits('roomId', documentId) ? { kind: 'document', documentId } : { kind: 'shelf' };
}

export function hashOfDocument(documentId: string): string {
  return documentPrefix + documentId;
}

export function shareAddress(page: string, secret: string): string {
  return `${page.replace(/#.*$/, '')}${sharePrefix}${encodeURIComponent(secret)}`;
}
