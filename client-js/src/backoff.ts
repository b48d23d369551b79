export interface BackoffLimits {
  readonly base: number;
  readonly ceiling: number;
  readonly decay: number;
}

export const backoffLimits: BackoffLimits = { base: 1_000, ceiling: 30_000, decay: 1.5 };

/**
 * Full jitter: uniform between nothing and a ceiling that grows with every attempt, so that clients which lost the same
 * server do not return together (Brooker, "Exponential Backoff And Jitter", 2015). `attempt` counts from 0; the result
 * is in milliseconds.
 */
export function backoff(attempt: number, random: number, { base, ceiling, decay } = backoffLimits): number {
  return Math.round(random * Math.min(ceiling, base * decay ** attempt));
}
