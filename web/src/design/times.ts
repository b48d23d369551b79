const dayMillis = 86_400_000;

/** Texts of dates and times in one language. Formatters are made once: making one costs more than using it. */
export class Times {
  readonly #thisYear: Intl.DateTimeFormat;
  readonly #otherYear: Intl.DateTimeFormat;
  readonly #time: Intl.DateTimeFormat;
  readonly #clock: Intl.DateTimeFormat;
  readonly #second: Intl.DateTimeFormat;
  readonly #full: Intl.DateTimeFormat;

  constructor(locale?: string) {
    const day = { weekday: 'long', day: 'numeric', month: 'long' } as const;
    this.#thisYear = new Intl.DateTimeFormat(locale, day);
    this.#otherYear = new Intl.DateTimeFormat(locale, { ...day, year: 'numeric' });
    this.#time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
    this.#clock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
    this.#second = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hourCycle: 'h23' });
    this.#full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' });
  }

  /** "Today", "Yesterday", else the weekday and date, with the year where it is another one. */
  day(at: number, now: number): string {
    const days = Math.round((startOfDay(now) - startOfDay(at)) / dayMillis);
    if (days === 0) return 'Today';
    if (days === 1) return 'Yesterday';
    const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
    return (sameYear ? this.#thisYear : this.#otherYear).format(at);
  }

  time(at: number): string {
    return this.#time.format(at);
  }

  /** With seconds. */
  clock(at: number): string {
    return this.#clock.format(at);
  }

  /** With seconds and of 24 hours, so that all are of one width. */
  second(at: number): string {
    return this.#second.format(at);
  }

  full(at: number): string {
    return this.#full.format(at);
  }
}

function startOfDay(at: number): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
