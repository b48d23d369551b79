import type { HistoryEntry } from '@peal/client/docs';

/** Changes of one person that follow each other closely. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly userId: string | null;
  readonly userName: string | null;
  readonly timestamp: number;
}

const pauseMillis = 5 * 60_000;

/** Newest first. A stretch ends where somebody else writes, or after a pause. */
export function stretchesOf(operations: readonly HistoryEntry[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const { revision, userId, userName, timestamp } of [...operations].sort((a, b) => b.revision - a.revision)) {
    const last = stretches.at(-1);
    if (last !== undefined && last.userId === userId && last.from === revision + 1 && earliest(last, operations) - timestamp < pauseMillis) {
      stretches[stretches.length - 1] = { ...last, from: revision };
    } else {
      stretches.push({ from: revision, to: revision, userId, userName, timestamp });
    }
  }
  return stretches;
}

function earliest({ from, timestamp }: Stretch, operations: readonly HistoryEntry[]): number {
  return operations.find(({ revision }) => revision === from)?.timestamp ?? timestamp;
}
