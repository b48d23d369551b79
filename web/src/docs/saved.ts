import type { DocumentState } from '@peal/client/docs';

/** What the bar says of the document's state. */
export function savedText({ kind, saved, kept, pending, refusal }: DocumentState): string {
  switch (kind) {
    case 'opening':
      return 'Opening…';
    case 'live':
      return saved ? 'Saved' : 'Saving…';
    case 'offline':
      if (saved) return 'Offline';
      return kept ? `Offline. ${changes(pending)} kept on this device` : `Offline. ${changes(pending)} in this page only`;
    case 'refused':
      return refusal?.code === 'unavailable' ? 'The server cannot save now' : 'Not available';
    case 'closed':
      return 'Closed';
  }
}

function changes(count: number): string {
  return count === 1 ? '1 change is' : `${count} changes are`;
}
