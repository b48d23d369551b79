export type { Attributes } from './attributes.js';
export type { RemoteCursor } from './cursors.js';
export { Delta, type Op } from './delta.js';
export {
  type DocumentChange,
  type DocumentEvents,
  type DocumentOptions,
  type DocumentState,
  type LiveDocument,
  openDocument,
} from './liveDocument.js';
export type { AuthorRun, Comment, DocumentUser, History, HistoryEntry, Range, Reply, Role, Version } from './messages.js';
export {
  type DocumentAccess,
  type DocumentLink,
  type DocumentMember,
  type Documents,
  type DocumentSummary,
  documents,
} from './documents.js';
