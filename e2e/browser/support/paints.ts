import type { Page } from '@playwright/test';

export interface Paints {
  readonly frames: number;
  /** Frames in which the page changed. */
  readonly changed: number;
  /** How many animation callbacks of one frame changed the page, in the frame in which most did. */
  readonly mostInOneFrame: number;
  /** How often the page changed between two frames. */
  readonly between: number;
}

/**
 * Counts, from before the page's first script on, when the document changes: in animation frames, and how often in each, or between them. What the chart's
 * library does to its own elements is told apart: it fits its axes in a frame of its own asking, which is the same one.
 */
export async function countPaints(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const fresh = () => ({ frames: 0, changed: 0, mostInOneFrame: 0, between: 0 });
    let paints = fresh();
    let frame = -1;
    let inFrame = 0;
    const own = (records: MutationRecord[]) => records.some(({ target }) => (target instanceof Element ? target : target.parentElement)?.closest('.chart-place') == null);
    // What a callback changed is taken from the observer as the callback ends: what it still hears of was changed elsewhere.
    const observer = new MutationObserver((records) => own(records) && paints.between++);
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    const begin = (now: number) => {
      if (now === frame) return;
      frame = now;
      inFrame = 0;
      paints.frames++;
    };
    const request = requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (callback) =>
      request((now) => {
        begin(now);
        if (own(observer.takeRecords())) paints.between++;
        callback(now);
        if (!own(observer.takeRecords())) return;
        if (inFrame++ === 0) paints.changed++;
        paints.mostInOneFrame = Math.max(paints.mostInOneFrame, inFrame);
      });
    Object.assign(window, { beginPaints: () => (paints = fresh()), paints: () => paints });
  });
}

export async function beginPaints(page: Page): Promise<void> {
  await page.evaluate(() => void (window as unknown as { beginPaints: () => void }).beginPaints());
}

export async function paintsOf(page: Page): Promise<Paints> {
  return page.evaluate(() => (window as unknown as { paints: () => Paints }).paints());
}
