import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Icon } from '../../design/Icon';
import type { ConnectionState } from '../connectionState';

/** A short connecting is not worth a banner. */
const patienceMillis = 600;

interface ConnectionBannerProps {
  readonly connection: ReadonlySignal<ConnectionState>;
  readonly onConnect: () => void;
}

/** Says why nothing moves, and offers to try at once. Nothing while all is well. */
export function ConnectionBanner({ connection, onConnect }: ConnectionBannerProps) {
  const state = connection.value;
  const now = useSeconds(state.kind === 'waiting');
  const late = useLate(state.kind === 'connecting' || state.kind === 'idle', patienceMillis);
  const text = bannerText(state, now, late);
  return (
    <div class="banner-place">
      {text !== undefined && (
        <div class={`banner banner-${state.kind}`} data-state={state.kind}>
          <Icon name={state.kind === 'stopped' ? 'alert' : 'clock'} />
          <p>{text}</p>
          {state.kind === 'waiting' && (
            <button class="button button-small" type="button" onClick={onConnect}>
              Try now
            </button>
          )}
          {state.kind === 'stopped' && (
            <button class="button button-small" type="button" onClick={onConnect}>
              Connect again
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function bannerText(state: ConnectionState, now: number, late: boolean): string | undefined {
  switch (state.kind) {
    case 'live':
      return undefined;
    case 'idle':
    case 'connecting':
      return late ? 'Connecting…' : undefined;
    case 'waiting':
      return waitingText(state.offline, Math.max(0, Math.ceil((state.retryAt - now) / 1000)));
    case 'stopped':
      return state.reason;
  }
}

function waitingText(offline: boolean, seconds: number): string {
  const again = seconds > 0 ? `Reconnecting in ${seconds} s.` : 'Reconnecting…';
  return offline ? `You are offline. ${again}` : `Connection lost. ${again}`;
}

function useSeconds(running: boolean): number {
  const now = useSignal(Date.now());
  useEffect(() => {
    now.value = Date.now();
    if (!running) return undefined;
    const timer = setInterval(() => (now.value = Date.now()), 250);
    return () => clearInterval(timer);
  }, [running]);
  return now.value;
}

function useLate(running: boolean, millis: number): boolean {
  const late = useSignal(false);
  useEffect(() => {
    late.value = false;
    if (!running) return undefined;
    const timer = setTimeout(() => (late.value = true), millis);
    return () => clearTimeout(timer);
  }, [running]);
  return late.value && running;
}
