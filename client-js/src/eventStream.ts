/** One dispatched event; `lastEventId` is what the stream's newest `id` said by then. */
export interface StreamEvent {
  readonly type: string;
  readonly data: string;
  readonly lastEventId: string;
}

/**
 * The event stream format of the HTML standard (9.2.6), from decoded text in pieces of any size. Lines end with CR, LF
 * or CRLF, also where a piece ends between the two; an event without `data` is none; one that is cut off is none.
 */
export class EventStream {
  readonly #dispatch: (event: StreamEvent) => void;
  #line = '';
  #afterReturn = false;
  #type = '';
  #data: string[] = [];
  #id = '';

  constructor(dispatch: (event: StreamEvent) => void) {
    this.#dispatch = dispatch;
  }

  push(text: string): void {
    if (text === '') return;
    const rest = this.#afterReturn && text.startsWith('\n') ? text.slice(1) : text;
    this.#afterReturn = text.endsWith('\r');
    const lines = rest.split(/\r\n|\n|\r/);
    lines[0] = this.#line + lines[0];
    this.#line = lines.pop() as string;
    for (const line of lines) this.#read(line);
  }

  #read(line: string): void {
    if (line === '') return this.#end();
    const [, field, value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) as unknown as [string, string, string];
    if (field === 'data') this.#data.push(value);
    else if (field === 'event') this.#type = value;
    else if (field === 'id' && !value.includes('\0')) this.#id = value;
  }

  #end(): void {
    if (this.#data.length > 0) this.#dispatch({ type: this.#type || 'message', data: this.#data.join('\n'), lastEventId: this.#id });
    this.#type = '';
    this.#data = [];
  }
}
