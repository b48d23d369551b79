import type { Client } from '../client.js';
import { type DocumentOptions, LiveDocument } from './liveDocument.js';

export type { Attributes } from './attributes.js';
export type { RemoteCursor } from './cursors.js';
export { Delta, type Op } from './delta.js';
export type { DocumentChange, DocumentEvents, DocumentOptions, DocumentState, LiveDocument } from './liveDocument.js';
export type { AuthorRun, Comment, DocumentUser, History, HistoryEntry, Range, Reply, Role, Version } from './messages.js';
export {
  type DocumentAccess,
  type DocumentLink,
  type DocumentMember,
  type Documents,
  type DocumentSummary,
  documents,
} from './documents.js';

/** Opens a document, which is made where there is none. Of a client with the path `/docs` or `/`. */
export function openDocument(client: Client, documentId: string, options: DocumentOptions = {}): LiveDocument {
  return new LiveDocument(client, documentId, options);
}
