import { describe, expect, it } from 'vitest';
import { grouped, placesOf, product, stepsOf, textOfSteps } from '../src/market/decimals';
import { hashOfSymbol, symbolOf } from '../src/market/route';
import { signed, tickerText, toneOf } from '../src/market/tickerText';
import { seeded } from './support/random';

describe('decimals', () => {
  it.each([
    ['64000.50', '64,000.50'],
    ['100.5', '100.5'],
    ['1234567', '1,234,567'],
    ['-1234.5', '-1,234.5'],
    ['-123', '-123'],
    ['0.00141342', '0.00141342'],
  ])('thousands of %s stand apart', (text, shown) => expect(grouped(text)).toBe(shown));

  it.each<[string, string, bigint | undefined]>([
    ['64000.50', '0.01', 6_400_050n],
    ['64,000.5', '0.01', 6_400_050n],
    [' 7 ', '0.0001', 70_000n],
    ['.5', '0.01', 50n],
    ['0.15', '0.05', 3n],
    ['0.12', '0.05', undefined],
    ['0.001', '0.01', undefined],
    ['0.010', '0.01', 1n],
    ['1e3', '0.01', undefined],
    ['-1', '0.01', undefined],
    ['1,5', '0.01', undefined],
    ['', '0.01', undefined],
    ['.', '0.01', undefined],
    ['NaN', '0.01', undefined],
  ])('«%s» in steps of %s', (text, step, steps) => expect(stepsOf(text, step)).toBe(steps));

  it('a number of steps survives the way through its text', () => {
    const random = seeded();
    const below = (limit: number) => Math.floor(random() * limit);
    for (let i = 0; i < 10_000; i++) {
      const step = ['0.01', '0.0001', '0.05', '1', '0.00000001', '25'][below(6)] as string;
      const count = BigInt(below(2 ** 31));
      expect(stepsOf(textOfSteps(count, step), step)).toBe(count);
      expect(placesOf(textOfSteps(count, step))).toBe(placesOf(step));
    }
  });

  it('multiplies exactly', () => {
    expect(product('64000.01', '0.0001', 2)).toBe('6.40');
    expect(product('99999999999.99', '9999.9999', 6)).toBe('999999989999900.000001');
    expect(product('3', '4', 2)).toBe('12.00');
    expect(product('x', '4', 2)).toBeUndefined();
  });
});

describe('changes', () => {
  it.each([
    ['-1.50', '−1.50'],
    ['1234.00', '+1,234.00'],
    ['0.00', '0.00'],
    ['-0.00', '0.00'],
  ])('%s says its sign', (text, shown) => expect(signed(text)).toBe(shown));

  it('have a tone', () => expect([toneOf(1), toneOf(-0.1), toneOf(0), toneOf(undefined)]).toEqual(['up', 'down', 'level', 'level']));

  it('are not known before the first statistics', () => {
    const nothing = { change: undefined, changePercent: undefined, high: undefined, low: undefined, volume: undefined };
    expect(tickerText(nothing)).toEqual({ percent: '', change: '', high: '–', low: '–', volume: '–' });
  });

  it('are of the last day', () => {
    const day = { change: '-15.00', changePercent: -0.441, high: '3402.00', low: '3399.00', volume: '1234.500' };
    expect(tickerText(day)).toEqual({ percent: '−0.44 %', change: '−15.00', high: '3,402.00', low: '3,399.00', volume: '1,234.500' });
  });
});

describe('the address', () => {
  it.each(['BTC-USD', 'EUR/USD', 'idx:a.b_C'])('names %s', (symbol) => expect(symbolOf(hashOfSymbol(symbol))).toBe(symbol));

  it.each(['', '#', '#/', '#BTC', '#/a b', `#/${'x'.repeat(33)}`])('names none in «%s»', (hash) => expect(symbolOf(hash)).toBeUndefined());
});
