/** What a page's main thread did from the begin of one animation frame to the begin of the next. Milliseconds. */
export interface FrameWork {
  readonly wall: number;
  readonly cpu: number;
}

/** The parts of Chromium's trace events that are read; times in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
}

const frameBegins = 'FireAnimationFrame';
const tasks: readonly string[] = ['RunTask', 'ThreadControllerImpl::RunTask'];

/** All tasks of the thread whose frames a trace has most of: scripts, styles, layout, painting, what the browser does for sockets, and the tracing of it. */
export function frameWork(trace: string): readonly FrameWork[] {
  const { traceEvents } = JSON.parse(trace) as { readonly traceEvents: readonly TraceEvent[] };
  const threads = new Map<string, TraceEvent[]>();
  for (const event of traceEvents) {
    const name = `${event.pid} ${event.tid}`;
    const thread = threads.get(name) ?? [];
    thread.push(event);
    threads.set(name, thread);
  }
  const begins = (events: readonly TraceEvent[]) => events.filter(({ name }) => name === frameBegins);
  const [main] = [...threads.values()].sort((a, b) => begins(b).length - begins(a).length);
  if (main === undefined) return [];
  // A frame asks several callbacks; all are within one task.
  const outer = main.filter(({ name, ph }) => ph === 'X' && tasks.includes(name)).sort((a, b) => a.ts - b.ts);
  const frames: { wall: number; cpu: number }[] = [];
  const times = begins(main).map(({ ts }) => ts).sort((a, b) => a - b);
  let at = 0;
  let covered = 0;
  for (const { ts, dur = 0, tdur = 0 } of outer) {
    // Where both kinds of tasks were traced, one lies within the other.
    if (ts < covered) continue;
    covered = ts + dur;
    const begun = at < times.length && (times[at] as number) < covered;
    if (begun) frames.push({ wall: 0, cpu: 0 });
    while (at < times.length && (times[at] as number) < covered) at++;
    const frame = frames.at(-1);
    if (frame === undefined) continue;
    frame.wall += dur / 1_000;
    frame.cpu += tdur / 1_000;
  }
  // The last one may have been cut off.
  return frames.slice(0, -1);
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? NaN;
}
