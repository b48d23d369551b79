import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../../design/Icon';
import { outgoingMax } from '../delivery';
import { codePoints, messageCodePointsMax } from '../lengths';
import type { Room } from '../room';

const counterFrom = 900;

/** Drafts of rooms left and come back to, for as long as the page lives. */
const drafts = new WeakMap<Room, string>();

export function Composer({ room }: { room: Room }) {
  const text = useSignal(drafts.get(room) ?? '');
  const problem = useSignal<string | undefined>(undefined);
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => grow(field.current), [text.value]);
  const length = codePoints(text.value);

  const write = (next: string) => {
    text.value = next;
    drafts.set(room, next);
    problem.value = undefined;
    if (next.trim() === '') room.typing.stopped();
    else room.typing.typed(Date.now());
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const message = text.value.trim();
    if (message === '') return;
    if (codePoints(message) > messageCodePointsMax) {
      problem.value = `At most ${messageCodePointsMax} characters; this has ${codePoints(message)}.`;
    } else if (room.publish(message)) {
      write('');
    } else {
      problem.value = `${outgoingMax} messages are waiting to be sent already.`;
    }
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) submit(event);
  };

  return (
    <form class="composer" aria-label="Write a message" onSubmit={submit}>
      <label class="visually-hidden" for="composer">
        Message to {room.id}
      </label>
      <div class="composer-box">
        <textarea
          ref={field}
          id="composer"
          rows={1}
          placeholder="Write a message"
          value={text.value}
          aria-describedby="composer-hint composer-problem"
          aria-invalid={problem.value !== undefined}
          onInput={(event) => write(event.currentTarget.value)}
          onBlur={() => room.typing.stopped()}
          onKeyDown={onKeyDown}
        />
        <button class="icon-button send" type="submit" aria-label="Send" title="Send" aria-disabled={text.value.trim() === ''}>
          <Icon name="send" />
        </button>
      </div>
      <div class="composer-foot">
        <p id="composer-hint" class="hint">
          <kbd>Enter</kbd> sends, <kbd>Shift</kbd> <kbd>Enter</kbd> starts a new line
        </p>
        <p id="composer-problem" class="problem" role="alert">
          {problem.value}
        </p>
        {length > counterFrom && (
          <p class={`counter${length > messageCodePointsMax ? ' counter-over' : ''}`}>
            {length} / {messageCodePointsMax}
          </p>
        )}
      </div>
    </form>
  );
}

/** As high as its text; the style sheet sets the limit. */
function grow(field: HTMLTextAreaElement | null): void {
  if (field === null || CSS.supports('field-sizing', 'content')) return;
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight}px`;
}
