import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from '../../design/Icon';
import type { Paper } from '../paper';

const headings = [
  ['', 'Text'],
  ['1', 'Heading 1'],
  ['2', 'Heading 2'],
  ['3', 'Heading 3'],
] as const;

const colours = [
  ['', 'Default'],
  ['#b3261e', 'Red'],
  ['#9a4d00', 'Orange'],
  ['#1b6b3a', 'Green'],
  ['#0b5cad', 'Blue'],
  ['#6b3fa0', 'Violet'],
  ['#6b7280', 'Grey'],
] as const;

const grounds = [
  ['', 'None'],
  ['#fde68a', 'Yellow'],
  ['#bbf7d0', 'Green'],
  ['#bfdbfe', 'Blue'],
  ['#fbcfe8', 'Pink'],
] as const;

/** One stop for the Tab key; arrows move within (WAI-ARIA: toolbar). */
export function Toolbar({ paper, onComment }: { paper: Paper; onComment: () => void }) {
  const bar = useRef<HTMLDivElement>(null);
  const linking = useSignal(false);
  const done = () => {
    linking.value = false;
    paper.focus();
  };
  const { quill } = paper;
  useEffect(() => {
    // As everywhere; without it the browser takes the key for its own search.
    quill?.keyboard.addBinding({ key: 'k', shortKey: true }, () => (linking.value = true));
  }, [quill]);
  const formats = paper.formats.value;
  const off = !paper.canEdit.value;
  const move = (event: KeyboardEvent) => {
    const items = [...(bar.current?.querySelectorAll<HTMLElement>('button, select') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const select = document.activeElement instanceof HTMLSelectElement;
    if (at < 0 || (select && event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = items[(to + items.length) % items.length];
    for (const item of items) item.tabIndex = item === next ? 0 : -1;
    next?.focus();
  };
  const toggle = (name: string, on: unknown, label: string, content: ComponentChildren, first = false) => {
    const pressed = on === true ? Boolean(formats[name]) : formats[name] === on;
    return (
      <button
        class="tool"
        type="button"
        tabIndex={first ? 0 : -1}
        aria-label={label}
        title={label}
        aria-pressed={pressed}
        aria-disabled={off}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => paper.format(name, pressed ? false : on)}
      >
        {content}
      </button>
    );
  };
  const act = (label: string, icon: IconName, action: () => void, disabled = off) => (
    <button
      class="tool"
      type="button"
      tabIndex={-1}
      aria-label={label}
      title={label}
      aria-disabled={disabled}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => !disabled && action()}
    >
      <Icon name={icon} />
    </button>
  );
  const choose = (label: string, name: string, options: readonly (readonly [string, string])[]) => (
    <select
      class={`tool tool-${name}`}
      tabIndex={-1}
      aria-label={label}
      title={label}
      disabled={off}
      value={String(formats[name] ?? '')}
      onChange={(event) => {
        const { value } = event.currentTarget;
        paper.format(name, value === '' ? false : name === 'header' ? Number(value) : value);
        paper.focus();
      }}
    >
      {options.map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
      {!options.some(([value]) => value === String(formats[name] ?? '')) && <option value={String(formats[name])}>Other</option>}
    </select>
  );
  const list = formats['list'];
  return (
    <div class="tools-place">
      <div ref={bar} class="tools" role="toolbar" aria-label="Formatting" aria-controls="paper" onKeyDown={move}>
        {toggle('bold', true, 'Bold', <b>B</b>, true)}
        {toggle('italic', true, 'Italic', <i>I</i>)}
        {toggle('underline', true, 'Underline', <u>U</u>)}
        {toggle('strike', true, 'Strikethrough', <s>S</s>)}
        {toggle('code', true, 'Code', <Icon name="code" />)}
        <span class="tools-gap" />
        {choose('Style of the paragraph', 'header', headings)}
        {choose('Colour of the text', 'color', colours)}
        {choose('Colour behind the text', 'background', grounds)}
        <span class="tools-gap" />
        {toggle('list', 'bullet', 'Bulleted list', <Icon name="bullets" />)}
        {toggle('list', 'ordered', 'Numbered list', <Icon name="numbers" />)}
        <button
          class="tool"
          type="button"
          tabIndex={-1}
          aria-label="Checklist"
          title="Checklist"
          aria-pressed={list === 'checked' || list === 'unchecked'}
          aria-disabled={off}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => paper.format('list', list === 'checked' || list === 'unchecked' ? false : 'unchecked')}
        >
          <Icon name="tasks" />
        </button>
        {act('Less indented', 'outdent', () => paper.format('indent', '-1'))}
        {act('More indented', 'indent', () => paper.format('indent', '+1'))}
        <span class="tools-gap" />
        {act('Align left', 'left', () => paper.format('align', false))}
        {toggle('align', 'center', 'Centre', <Icon name="center" />)}
        {toggle('align', 'right', 'Align right', <Icon name="right" />)}
        {toggle('blockquote', true, 'Quotation', <Icon name="quote" />)}
        {toggle('code-block', true, 'Block of code', <span class="tool-text">{'{ }'}</span>)}
        <span class="tools-gap" />
        {act('Link', 'link', () => (linking.value = !linking.value))}
        {act('Picture by its address', 'image', () => (linking.value = true))}
        {act('Clear the formatting', 'eraser', () => paper.clearFormats())}
        <span class="tools-gap" />
        {act('Undo', 'undo', () => paper.undo())}
        {act('Redo', 'redo', () => paper.redo())}
        {act('Comment on the selection', 'comment', onComment, !paper.canComment.value)}
      </div>
      {linking.value && !off && <LinkForm paper={paper} onDone={done} />}
    </div>
  );
}

/** An address for what is selected, or of a picture. The server takes only harmless ones, and so does this. */
function LinkForm({ paper, onDone }: { paper: Paper; onDone: () => void }) {
  const address = useSignal(String(paper.formats.value['link'] ?? ''));
  const problem = useSignal<string | undefined>(undefined);
  const input = useRef<HTMLInputElement>(null);
  // `autofocus` counts once in the life of a page: what is typed next would go into the text, in the place of what is selected.
  useEffect(() => input.current?.focus(), []);
  const checked = () => {
    const wanted = address.value.trim();
    const whole = /^[a-z][a-z\d+.-]*:/i.test(wanted) || wanted === '' ? wanted : `https://${wanted}`;
    if (/^(https?|mailto|tel):/i.test(whole)) return whole;
    problem.value = 'An address begins with https://, http://, mailto: or tel:.';
    return undefined;
  };
  const link = (event: Event) => {
    event.preventDefault();
    const whole = checked();
    if (whole === undefined) return;
    if ((paper.selection.value?.length ?? 0) === 0) {
      problem.value = 'Select the text that the link belongs to first.';
      return;
    }
    paper.format('link', whole);
    onDone();
  };
  const picture = () => {
    const whole = checked();
    if (whole === undefined) return;
    if (!/^https?:/i.test(whole)) {
      problem.value = 'The address of a picture begins with https:// or http://.';
      return;
    }
    paper.insertEmbed('image', whole);
    onDone();
  };
  return (
    <form class="link-form" onSubmit={link} noValidate onKeyDown={(event) => event.key === 'Escape' && onDone()}>
      <label class="visually-hidden" for="link-address">
        Address
      </label>
      <input
        id="link-address"
        type="text"
        inputMode="url"
        placeholder="https://…"
        autocomplete="off"
        ref={input}
        value={address.value}
        aria-describedby="link-problem"
        onInput={(event) => {
          address.value = event.currentTarget.value;
          problem.value = undefined;
        }}
      />
      <button class="button button-small" type="submit">
        Link the selection
      </button>
      <button class="button button-small" type="button" onClick={picture}>
        Insert a picture
      </button>
      <button
        class="button button-small"
        type="button"
        onClick={() => {
          paper.format('link', false);
          onDone();
        }}
      >
        Remove the link
      </button>
      <p id="link-problem" class="problem" role="alert">
        {problem.value}
      </p>
    </form>
  );
}
