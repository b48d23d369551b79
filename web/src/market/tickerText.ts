import type { Ticker } from '@peal/client/market';
import { grouped } from './decimals';

export type Tone = 'up' | 'down' | 'level';

export interface TickerText {
  /** "+1.25 %"; empty where nothing is known. */
  readonly percent: string;
  readonly change: string;
  readonly high: string;
  readonly low: string;
  readonly volume: string;
}

export function tickerText({ change, changePercent, high, low, volume }: Pick<Ticker, 'change' | 'changePercent' | 'high' | 'low' | 'volume'>): TickerText {
  return {
    percent: changePercent === undefined ? '' : `${signed(changePercent.toFixed(2))} %`,
    change: change === undefined ? '' : signed(change),
    high: high === undefined ? '–' : grouped(high),
    low: low === undefined ? '–' : grouped(low),
    volume: volume === undefined ? '–' : grouped(volume),
  };
}

/** The sign is always said, by a minus that is as wide as the plus; colour alone tells nobody anything. Nought has none. */
export function signed(text: string): string {
  const plain = text.replace(/^[-+]/, '');
  if (/^[0.]*$/.test(plain)) return grouped(plain);
  return `${text.startsWith('-') ? '−' : '+'}${grouped(plain)}`;
}

export function toneOf(change: number | undefined): Tone {
  const value = change ?? 0;
  if (value === 0) return 'level';
  return value > 0 ? 'up' : 'down';
}

/** Money of an account, which comes as a number, with two places. */
export function money(value: number): string {
  return grouped(value.toFixed(2));
}

export function signedMoney(value: number): string {
  return signed(value.toFixed(2));
}
