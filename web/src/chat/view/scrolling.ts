import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Block } from '../layout';
import type { Room } from '../room';

/** How near the end, in pixels, counts as being there. */
const endPixels = 48;
/** How near the beginning or the end of what is loaded, in pixels, more is loaded. */
const edgePixels = 600;

type Ref<T> = { readonly current: T | null };

/**
 * At the end: stays there. Else: what is in sight stays where it is, although older messages grow above it. A place that
 * the reader was led to comes to the middle, once.
 */
export function useScrolling(room: Room, list: Ref<HTMLDivElement>, blocks: readonly Block[], atEnd: { value: boolean }): void {
  const { place, passage } = room.lookback;
  const before = useRef({ height: 0, oldest: oldestOf(room), place: place.peek() });
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    const { height, oldest, place: placeBefore } = before.current;
    const moved = place.value !== placeBefore;
    const grewAbove = oldest !== undefined && (oldestOf(room) ?? oldest) < oldest;
    if (moved) atEnd.value = !intoSight(element) || (passage.value === undefined && belowSight(element) <= endPixels);
    if (atEnd.value && passage.value === undefined) element.scrollTop = element.scrollHeight;
    else if (grewAbove && !moved) element.scrollTop += element.scrollHeight - height;
    before.current = { height: element.scrollHeight, oldest: oldestOf(room), place: place.value };
    loadIfNearEdge(room, element);
  }, [blocks, room.history.older.value, place.value]);

  useEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    const scrolled = () => {
      atEnd.value = passage.value === undefined && belowSight(element) <= endPixels;
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

function oldestOf(room: Room): number | undefined {
  const passage = room.lookback.passage.peek();
  return passage === undefined ? room.history.timeline.oldestOffset : passage.entries[0]?.offset;
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
