import { useComputed } from '@preact/signals';
import type { Floor } from '../floor';

/** Said by screen readers by themselves: one's own orders, and the connection. Prices are not. */
export function Announcer({ floor }: { floor: Floor }) {
  const connection = useComputed(() => {
    const { kind } = floor.connection.value;
    if (kind === 'live') return 'Connected.';
    return kind === 'stopped' ? 'Connection lost.' : '';
  });
  return (
    <div class="visually-hidden">
      <p role="status" aria-label="Orders">
        {floor.announcements.said}
      </p>
      <p role="status" aria-label="Connection">
        {connection}
      </p>
    </div>
  );
}
