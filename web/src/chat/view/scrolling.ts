import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Block } from '../layout';
import type { Room } from '../room';

/** How near the end, in pixels, counts as being there. */
const endPixels = 48;
/** How near the beginning or the end of what is loaded, in pixels, more is loaded. */
const edgePixels = 600;

type Ref<T> = { readonly current: T | null };

/** A line and its distance in pixels from the beginning of what is loaded. */
interface Anchor {
  readonly key: string;
  readonly at: number;
}

/**
 * At the end: stays there. Else: the first line in sight stays where it is, whatever comes, goes or is grouped anew above it. A
 * place that the reader was led to comes to the middle, once.
 */
export function useScrolling(room: Room, list: Ref<HTMLDivElement>, blocks: readonly Block[], atEnd: { value: boolean }): void {
  const { place, passage } = room.lookback;
  const before = useRef<{ anchor: Anchor | undefined; place: unknown }>({ anchor: undefined, place: place.peek() });
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    const moved = place.value !== before.current.place;
    if (moved) atEnd.value = !intoSight(element) || (passage.value === undefined && belowSight(element) <= endPixels);
    if (atEnd.value && passage.value === undefined) element.scrollTop = element.scrollHeight;
    else if (!moved) hold(element, before.current.anchor);
    before.current = { anchor: anchorOf(element), place: place.value };
    loadIfNearEdge(room, element);
  }, [blocks, room.history.older.value, place.value]);

  useEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    const scrolled = () => {
      atEnd.value = passage.value === undefined && belowSight(element) <= endPixels;
      before.current = { ...before.current, anchor: anchorOf(element) };
      loadIfNearEdge(room, element);
    };
    const resized = new ResizeObserver(() => {
      if (atEnd.value) element.scrollTop = element.scrollHeight;
    });
    resized.observe(element);
    element.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener('scroll', scrolled);
    };
  }, [room]);
}

/** New messages count as read while their place is in sight of someone who looks. */
export function useAttention(room: Room, atEnd: { readonly value: boolean }): void {
  const end = atEnd.value && room.lookback.passage.value === undefined;
  useEffect(() => {
    const update = () => room.reading.attend(end && document.visibilityState === 'visible' && document.hasFocus());
    update();
    document.addEventListener('visibilitychange', update);
    addEventListener('focus', update);
    addEventListener('blur', update);
    return () => {
      document.removeEventListener('visibilitychange', update);
      removeEventListener('focus', update);
      removeEventListener('blur', update);
    };
  }, [room, end]);
}

/** Undefined where no line is in sight. */
function anchorOf(element: HTMLElement): Anchor | undefined {
  const edge = element.getBoundingClientRect().top;
  for (const line of element.querySelectorAll<HTMLElement>('.line')) {
    if (line.getBoundingClientRect().bottom > edge) return { key: line.dataset['key'] ?? '', at: distance(element, line) };
  }
  return undefined;
}

/** The reader may have scrolled since the anchor was taken: only how far it moved within the whole counts. */
function hold(element: HTMLElement, anchor: Anchor | undefined): void {
  const line = anchor && element.querySelector<HTMLElement>(`.line[data-key="${CSS.escape(anchor.key)}"]`);
  if (line) element.scrollTop += distance(element, line) - anchor.at;
}

function distance(element: HTMLElement, line: HTMLElement): number {
  return line.getBoundingClientRect().top - element.getBoundingClientRect().top + element.scrollTop;
}

/** False if there is no such line. */
function intoSight(element: HTMLElement): boolean {
  const line = element.querySelector('.line-found');
  line?.scrollIntoView({ block: 'center' });
  return line !== null;
}

function belowSight(element: HTMLElement): number {
  return element.scrollHeight - element.scrollTop - element.clientHeight;
}

function loadIfNearEdge(room: Room, element: HTMLElement): void {
  if (room.status.value.kind !== 'joined') return;
  const passage = room.lookback.passage.value;
  const { older } = passage ?? room.history;
  const nearBegin = element.scrollTop < edgePixels && older.value === 'idle';
  if (passage === undefined) {
    if (nearBegin) void room.history.loadOlder();
    return;
  }
  if (nearBegin && passage.hasOlder) void room.lookback.loadOlder();
  if (passage.newer.value === 'idle' && belowSight(element) < edgePixels && passage.hasNewer) void room.lookback.loadNewer();
}
