import { Delta, lengthOf, type Op } from '../docs/delta.js';
import type { AuthorRun, Comment, OperationPush, Range } from '../docs/messages.js';
import type { Incoming } from '../messages.js';
import type { FakeConversation } from './fakeConversation.js';
import type { FakeDocument } from './fakeDocument.js';
import type { FakeServer } from './fakeServer.js';

type Data = Readonly<Record<string, unknown>>;
type Answer = [type: string, data?: Data] | string | undefined;

/** One connection's way to documents. */
export class FakeEditor {
  readonly open = new Set<string>();
  readonly #server: FakeServer;
  readonly #conversation: FakeConversation;

  constructor(server: FakeServer, conversation: FakeConversation) {
    this.#server = server;
    this.#conversation = conversation;
  }

  /** Undefined where the type is not one of documents; else what answers it. */
  take(type: string, data: Data, id: Incoming['id']): { readonly answer: Answer } | undefined {
    const documentId = data['documentId'] as string;
    if (type === 'join_document') return { answer: this.#join(documentId, data, id) };
    const handle = this.#handlers[type];
    if (!handle) return undefined;
    if (!this.open.has(documentId)) return { answer: 'not_a_member' };
    return { answer: handle(this.#server.document(documentId), data) };
  }

  readonly #handlers: Readonly<Record<string, (document: FakeDocument, data: Data) => Answer>> = {
    leave_document: (document) => this.leave(document.id),
    operation: (document, data) => this.#operation(document, data),
    cursor_position: (document, data) => this.#cursor(document, data),
    comments: ({ id, revision, comments }) => ['comments', { documentId: id, revision, comments: [...comments.values()] }],
    comment: (document, data) => this.#comment(document, data),
    versions: ({ id, revision, oldest, versions }) => ['versions', { documentId: id, revision, oldest, versions }],
    version: (document, { name }) => this.#version(document, name as string),
    document_at: (document, { revision }) => this.#contentAt(document, revision as number),
    restore: (document, { revision }) => this.#restore(document, revision as number),
    authorship: (document) => ['authorship', { documentId: document.id, revision: document.revision, runs: authorsOf(document) }],
    history_of: (document, { before = Infinity, limit = 100 }) => historyOf(document, before as number, limit as number),
  };

  get #user() {
    const userId = this.#conversation.userId ?? null;
    return { userId, userName: userId };
  }

  #join(documentId: string, { since, clientId }: Data, id: Incoming['id']): undefined {
    const document = this.#server.document(documentId);
    const from = since as { readonly epoch: string; readonly revision: number } | undefined;
    const reason = from && document.broken(from);
    const recovered = from !== undefined && reason === undefined;
    if (!this.#others(documentId).some(({ userId }) => userId === this.#user.userId) && !this.open.has(documentId)) {
      this.#tell(documentId, { type: 'user_joined', data: { documentId, ...this.#user } });
    }
    this.open.add(documentId);
    const { epoch, revision, title, content } = document;
    const members = [...this.#others(documentId), this.#conversation];
    const users = [...new Map(members.map(({ userId = null }) => [userId, { userId, userName: userId }])).values()];
    const about = { documentId, epoch, revision, role: document.roleOf(this.#user.userId), title, users };
    const how = recovered ? { recovered } : { content: content.toJSON(), ...(from && { recovered, reason }) };
    this.#conversation.push({ type: 'document', ...(id !== undefined && { id }), data: { ...about, ...how, clientId } });
    if (recovered) for (const push of document.after(from.revision)) this.#conversation.push(pushOf(push));
    return undefined;
  }

  leave(documentId: string): Answer {
    if (this.open.delete(documentId) && !this.#others(documentId).some(({ userId }) => userId === this.#user.userId)) {
      this.#tell(documentId, { type: 'user_left', data: { documentId, ...this.#user } });
    }
    return ['ack', { documentId }];
  }

  #operation(document: FakeDocument, { operation, revision, clientId, seq }: Data): Answer {
    if (!this.#mayWrite(document)) return 'read_only';
    const change = Delta.from(operation as { ops: readonly Op[] });
    return this.#apply(document, {
      operation: change,
      revision: revision as number,
      ...(clientId !== undefined && { clientId: clientId as string }),
      ...(seq !== undefined && { seq: seq as number }),
    });
  }

  #apply(document: FakeDocument, operation: Parameters<FakeDocument['take']>[0]): Answer {
    const taken = document.take(operation, this.#user, this.#server.clock.now());
    if (typeof taken === 'string') return taken;
    if (typeof taken === 'object') this.#server.toDocument(document.id, pushOf(taken));
    const offset = typeof taken === 'number' ? taken : taken.revision;
    return ['ack', { documentId: document.id, epoch: document.epoch, offset }];
  }

  #cursor(document: FakeDocument, { position, revision, clientId }: Data): Answer {
    const range = typeof position === 'number' ? { index: position, length: 0 } : (position as Range | null);
    const now = range && document.rangeNow(range, revision as number | undefined, false);
    const data = { documentId: document.id, ...this.#user, clientId, position: now, revision: document.revision };
    this.#tell(document.id, { type: 'cursor_position', data });
    return ['ack', { documentId: document.id }];
  }

  #comment(document: FakeDocument, data: Data): Answer {
    const commentId = data['commentId'] as string;
    const before = document.comments.get(commentId);
    const comment = changedComment(document, before, data, { ...this.#user, timestamp: this.#server.clock.now() });
    if (comment === undefined) return 'invalid_message';
    if (comment) document.comments.set(commentId, comment);
    else document.comments.delete(commentId);
    const { id: documentId, revision } = document;
    this.#server.toDocument(documentId, { type: 'comment', data: { documentId, revision, commentId, comment } });
    return ['ack', { documentId }];
  }

  #version(document: FakeDocument, name: string): Answer {
    const { id: documentId, revision } = document;
    const version = { versionId: this.#server.fresh('v'), revision, name, ...this.#user, timestamp: this.#server.clock.now() };
    document.versions.push(version);
    this.#server.toDocument(documentId, { type: 'version', data: { documentId, version } });
    return ['ack', { documentId }];
  }

  #contentAt(document: FakeDocument, revision: number): Answer {
    const content = document.contentAt(revision);
    return content ? ['document_at', { documentId: document.id, revision, content: content.toJSON() }] : 'revision_pruned';
  }

  #restore(document: FakeDocument, revision: number): Answer {
    const content = document.contentAt(revision);
    if (!content) return 'revision_pruned';
    if (!this.#mayWrite(document)) return 'read_only';
    return this.#apply(document, { operation: document.content.diff(content), revision: document.revision });
  }

  #mayWrite(document: FakeDocument): boolean {
    return ['owner', 'editor'].includes(document.roleOf(this.#user.userId));
  }

  #others(documentId: string): FakeConversation[] {
    return this.#server.editors(documentId).filter((conversation) => conversation !== this.#conversation);
  }

  #tell(documentId: string, push: Incoming): void {
    for (const conversation of this.#others(documentId)) conversation.push(push);
  }
}

export function pushOf(push: OperationPush): Incoming {
  return { type: 'operation', offset: push.revision, data: push as unknown as Data };
}

/** Undefined where there is nothing to change; null where nothing is left. */
function changedComment(
  document: FakeDocument,
  before: Comment | undefined,
  { commentId, action, text = '', range, revision, replyId }: Data,
  by: Pick<Comment, 'userId' | 'userName' | 'timestamp'>,
): Comment | null | undefined {
  const words = text as string;
  if (action === 'add') {
    const now = document.markNow(range as Range, revision as number | undefined);
    if (before || !now) return undefined;
    const quote = document.content.slice(now.index, now.index + now.length).text;
    return { commentId: commentId as string, range: now, quote, text: words, ...by, resolved: false, replies: [] };
  }
  if (!before) return undefined;
  const { replies } = before;
  switch (action) {
    case 'reply':
      return { ...before, replies: [...replies, { replyId: replyId as string, text: words, ...by }] };
    case 'edit':
      if (replyId === undefined) return { ...before, text: words };
      return { ...before, replies: replies.map((reply) => (reply.replyId === replyId ? { ...reply, text: words } : reply)) };
    case 'delete':
      return replyId === undefined ? null : { ...before, replies: replies.filter((reply) => reply.replyId !== replyId) };
    default:
      return { ...before, resolved: action === 'resolve' };
  }
}

/** Each insert is marked with its author, and what becomes of the marks is read off. */
function authorsOf(document: FakeDocument): AuthorRun[] {
  let marked = new Delta();
  for (const { operation, userId } of document.operations) {
    const change = new Delta();
    for (const { insert, delete: deleted = 0, retain = 0 } of operation.ops) {
      if (insert !== undefined) change.insert(insert, { author: userId });
      else change.delete(deleted).retain(retain);
    }
    marked = marked.compose(change);
  }
  const runs: AuthorRun[] = [];
  for (const op of marked.ops) {
    const userId = (op.attributes?.['author'] ?? null) as string | null;
    const last = runs.at(-1);
    if (last?.userId === userId) runs[runs.length - 1] = { ...last, length: last.length + lengthOf(op) };
    else runs.push({ length: lengthOf(op), userId, userName: userId });
  }
  return runs;
}

function historyOf(document: FakeDocument, before: number, limit: number): Answer {
  const { id: documentId, oldest, revision: newest } = document;
  const fitting = document.operations.filter(({ revision }) => revision < before).slice(-limit);
  const operations = fitting.map(({ revision, userId, userName = null, timestamp = 0 }) => ({ revision, userId, userName, timestamp }));
  return ['history_of', { documentId, operations, oldest, newest }];
}
