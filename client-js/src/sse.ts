import { EventStream } from './eventStream.js';
import { answerMillisMax, Ending, HttpLink, quietMillisMax } from './http.js';
import type { Incoming, Outgoing } from './messages.js';
import type { Transport } from './transport.js';

/** Server-Sent Events down, POSTs up. */
export const sse: Transport = { name: 'sse', open: (target, events) => new SseLink(target, events) };

/**
 * `authenticate` becomes a ticket and a stream opened with it, in a session; everything later is a POST in that
 * session, and what the stream says is a push. The stream is never resumed by itself: a cut ends the link, and the
 * client joins its rooms again with the positions that it knows.
 */
class SseLink extends HttpLink {
  #session: string | undefined;
  #joining: Promise<void> | undefined;

  protected override handle(message: Outgoing): Promise<void> {
    if (this.#session === undefined) return this.#authenticate(message);
    const asked = this.#post(message, this.#session);
    if (message.type === 'join_room') this.#joining = asked;
    return asked;
  }

  async #post(message: Outgoing, session: string): Promise<void> {
    this.reply(message, await this.ask('/api/messages', message, { 'Peal-Session': session }));
  }

  async #authenticate({ id, data: { sessionId, userId, userName } = {} }: Outgoing): Promise<void> {
    const { ticket } = (await this.ask('/api/ticket', { session: true, sessionId, userId, userName })) as { ticket?: string };
    const authenticated = new Promise<void>((resolve, reject) => {
      const listening = this.lasting(() =>
        this.#listen(`/events?ticket=${ticket}`, async (message) => {
          // The replay of a room comes behind its `joined`, which travels on another connection.
          await this.#joining;
          const { type, data } = message;
          if (type === 'close') throw new Ending(data['code'] as number, data['reason'] as string);
          if (type !== 'authenticated') return this.up(message);
          this.#session = data['sessionId'] as string;
          this.up(id === undefined ? message : { ...message, id });
          resolve();
        }),
      );
      void listening.then(reject);
    });
    await this.within(answerMillisMax, authenticated);
  }

  /** `EventSource` hides why it was refused, and the comments that show it alive: only where bodies cannot be read as they come. */
  async #listen(path: string, take: (message: Incoming) => Promise<void>): Promise<void> {
    const read = (data: string) => void this.lasting(() => take(JSON.parse(data) as Incoming));
    if (typeof TextDecoderStream === 'undefined') return this.#subscribe(path, read);
    // A browser repeats a GET whose connection was cut, and the first one had the ticket already: that says nothing of the token.
    const response = await this.fetch(path, 'text/event-stream').catch((end: Ending) => {
      throw end.code === 1008 ? new Ending(1013, 'ticket used') : end;
    });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    const stream = new EventStream(({ data }) => read(data));
    for (;;) {
      const { done, value } = await this.within(quietMillisMax, reader.read());
      if (done) throw new Ending();
      stream.push(value);
    }
  }

  #subscribe(path: string, read: (data: string) => void): Promise<void> {
    const source = new this.ambient.EventSource!(this.address(path));
    source.onmessage = ({ data }) => read(data as string);
    // It would come back by itself, with a ticket that is used up.
    source.onerror = () => this.end(new Ending());
    return new Promise((resolve) => {
      this.over.onabort = () => {
        source.close();
        resolve();
      };
    });
  }
}
