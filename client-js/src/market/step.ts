import type { SymbolInfo } from './messages.js';

/**
 * A symbol's tick or lot, `units / 10^places`. Counts of steps have at most 15 digits in units (PROTOCOL.md, section 17): a
 * double holds each exactly, and the nearest whole count is the one that was meant.
 */
export class Step {
  readonly #units: number;
  readonly #places: number;
  readonly #scale: number;

  /** @param text as of `SymbolInfo`: "0.01" */
  constructor(text: string) {
    const point = text.indexOf('.');
    this.#places = point < 0 ? 0 : text.length - point - 1;
    this.#units = Number(text.replace('.', ''));
    this.#scale = Number(`1e${this.#places}`);
  }

  /** How many steps a JSON number comes to. */
  count(value: number): number {
    // A zero that came with a minus is none.
    return Math.round(Math.round(value * this.#scale) / this.#units) + 0;
  }

  /** The exact decimal, with all the places of the step: "100.50". */
  text(count: number): string {
    const digits = this.digits(Math.abs(count)).padStart(this.#places + 1, '0');
    const whole = digits.length - this.#places;
    const sign = count < 0 ? '-' : '';
    return sign + digits.slice(0, whole) + (this.#places ? `.${digits.slice(whole)}` : '');
  }

  /** The decimal without its point and without zeros in front. */
  digits(count: number): string {
    return String(count * this.#units);
  }
}

/** What prices and sizes of one symbol are counted in. */
export interface Steps {
  readonly tick: Step;
  readonly lot: Step;
}

export function stepsOf({ tick, lot }: SymbolInfo): Steps {
  return { tick: new Step(tick), lot: new Step(lot) };
}
