type Paint = (now: number) => void;

/** Large parts take turns, so that no frame has to lay out two of them. */
export type Size = 'small' | 'large';

/**
 * Draws once per animation frame, whatever comes in between: what has changed is only marked, and all that is marked is drawn together. A page that is hidden
 * gets no frames and draws nothing.
 */
export class Frames {
  readonly #request: (frame: Paint) => void;
  /** In the order in which they were marked. */
  readonly #stale = new Map<Paint, Size>();
  readonly #behind: Paint[] = [];
  #requested = false;
  #drawing = false;

  constructor(request: (frame: Paint) => void = (frame) => void requestAnimationFrame(frame)) {
    this.#request = request;
  }

  /**
   * `paint` is called in the next frame, once, however often it is marked; of large ones each frame calls the one that has been marked for longest. One that
   * marks while it is called has the frame after.
   */
  mark(paint: Paint, size: Size = 'small'): void {
    this.#stale.set(paint, size);
    this.#ask();
  }

  /** What follows from drawing, such as what a framework does with a changed value: still in this frame, where one is being drawn. */
  follow(paint: Paint): void {
    if (this.#drawing) this.#behind.push(paint);
    else this.mark(paint);
  }

  /** For what is not there any more. */
  forget(paint: Paint): void {
    this.#stale.delete(paint);
  }

  #ask(): void {
    if (this.#requested) return;
    this.#requested = true;
    this.#request((now) => this.#draw(now));
  }

  #draw(now: number): void {
    this.#requested = false;
    let large = 0;
    const due = [...this.#stale].flatMap(([paint, size]) => (size === 'small' || large++ === 0 ? [paint] : []));
    for (const paint of due) this.#stale.delete(paint);
    if (this.#stale.size > 0) this.#ask();
    this.#drawing = true;
    try {
      for (const paint of due) paint(now);
      for (let next = this.#behind.shift(); next !== undefined; next = this.#behind.shift()) next(now);
    } finally {
      this.#drawing = false;
    }
  }
}
