import { describe, expect, it } from 'vitest';
import { Frames } from '../src/market/frames';

/** Frames that come when told. */
class Screen {
  readonly asked: ((now: number) => void)[] = [];
  now = 0;

  readonly request = (frame: (now: number) => void): void => void this.asked.push(frame);

  refresh(): void {
    this.now += 16;
    for (const frame of this.asked.splice(0)) frame(this.now);
  }
}

describe('frames', () => {
  it('draws once, however often something changed', () => {
    const screen = new Screen();
    const frames = new Frames(screen.request);
    const drawn: number[] = [];
    const paint = (now: number) => void drawn.push(now);
    for (let i = 0; i < 1_000; i++) frames.mark(paint);
    expect(screen.asked).toHaveLength(1);
    expect(drawn).toEqual([]);
    screen.refresh();
    screen.refresh();
    expect(drawn).toEqual([16]);
  });

  it('asks for one frame for all that changed, and for none while nothing does', () => {
    const screen = new Screen();
    const frames = new Frames(screen.request);
    const drawn: string[] = [];
    frames.mark(() => drawn.push('book'));
    frames.mark(() => drawn.push('tape'));
    expect(screen.asked).toHaveLength(1);
    screen.refresh();
    expect(drawn).toEqual(['book', 'tape']);
    expect(screen.asked).toHaveLength(0);
  });

  it('leaves what is marked while drawing to the next frame', () => {
    const screen = new Screen();
    const frames = new Frames(screen.request);
    let drawn = 0;
    const paint = () => {
      drawn++;
      frames.mark(paint);
    };
    frames.mark(paint);
    screen.refresh();
    expect(drawn).toBe(1);
    screen.refresh();
    expect(drawn).toBe(2);
  });

  it('draws what follows from drawing in the same frame', () => {
    const screen = new Screen();
    const frames = new Frames(screen.request);
    const drawn: string[] = [];
    frames.mark((now) => {
      frames.follow(() => {
        drawn.push('render');
        frames.follow(() => drawn.push('effect'));
      });
      drawn.push(`paint ${now}`);
    });
    frames.mark(() => drawn.push('paint'));
    screen.refresh();
    expect(drawn).toEqual(['paint 16', 'paint', 'render', 'effect']);
    frames.follow(() => drawn.push('next'));
    expect(drawn).toHaveLength(4);
    screen.refresh();
    expect(drawn.at(-1)).toBe('next');
  });

  it('draws one large part a frame, the longest marked first, and leaves none undrawn', () => {
    const screen = new Screen();
    const frames = new Frames(screen.request);
    const drawn: string[] = [];
    const book = () => void drawn.push('book');
    const tape = () => void drawn.push('tape');
    const chart = () => void drawn.push('chart');
    const price = () => void drawn.push('price');
    for (let frame = 0; frame < 4; frame++) {
      frames.mark(book, 'large');
      frames.mark(tape, 'large');
      if (frame === 1) frames.mark(chart, 'large');
      frames.mark(price);
      screen.refresh();
      drawn.push('|');
    }
    expect(drawn.join(' ')).toBe('book price | tape price | book price | chart price |');
    screen.refresh();
    screen.refresh();
    expect(drawn.slice(-2)).toEqual(['tape', 'book']);
    expect(screen.asked).toHaveLength(0);
  });

  it('draws the next frame after one that failed', () => {
    const screen = new Screen();
    const frames = new Frames(screen.request);
    frames.mark(() => {
      throw new Error('broken');
    });
    expect(() => screen.refresh()).toThrow('broken');
    let drawn = 0;
    frames.follow(() => drawn++);
    expect(drawn).toBe(0);
    screen.refresh();
    expect(drawn).toBe(1);
  });

  it('does not draw what was forgotten', () => {
    const screen = new Screen();
    const frames = new Frames(screen.request);
    let drawn = 0;
    const paint = () => void drawn++;
    frames.mark(paint);
    frames.forget(paint);
    screen.refresh();
    expect(drawn).toBe(0);
  });
});
