import { signal } from '@preact/signals';

/** What a screen reader says by itself: what the visitor did and what became of it, never what the market does by itself, which would not stop. */
export class Announcements {
  readonly said = signal('');

  say(text: string): void {
    // The same words twice are only heard where the text differs.
    this.said.value = this.said.peek() === text ? `${text} ` : text;
  }
}
