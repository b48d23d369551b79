type Paint = (now: number) => void;

/**
 * Draws once per animation frame, whatever comes in between: what has changed is only marked, and all that is marked is drawn together. A page that is hidden
 * gets no frames and draws nothing.
 */
export class Frames {
  readonly #request: (frame: Paint) => void;
  readonly #stale = new Set<Paint>();
  readonly #behind: Paint[] = [];
  #requested = false;
  #drawing = false;

  constructor(request: (frame: Paint) => void = (frame) => void requestAnimationFrame(frame)) {
    this.#request = request;
  }

  /** `paint` is called in the next frame, once, however often it is marked. One that marks in its turn has the frame after. */
  mark(paint: Paint): void {
    this.#stale.add(paint);
    if (this.#requested) return;
    this.#requested = true;
    this.#request((now) => this.#draw(now));
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

  #draw(now: number): void {
    this.#requested = false;
    const due = [...this.#stale];
    this.#stale.clear();
    this.#drawing = true;
    try {
      for (const paint of due) paint(now);
      for (let next = this.#behind.shift(); next !== undefined; next = this.#behind.shift()) next(now);
    } finally {
      this.#drawing = false;
    }
  }
}
