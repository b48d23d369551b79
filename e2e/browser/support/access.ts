import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Findings that keep people out, as readable lines. What moves or fades in is taken to its end first: half transparent, nothing has contrast. */
export async function findings(page: Page): Promise<readonly string[]> {
  await page.evaluate(() => document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity).forEach((animation) => animation.finish()));
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary ?? ''}`));
}

/** Nothing scrolls sideways, nothing stands outside. */
export async function fitsAcross(page: Page): Promise<void> {
  const tooWide = await page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    const wide = [...document.querySelectorAll('body, body *')].filter((element) => element.scrollWidth > element.clientWidth + 1);
    const scrolls = wide.filter((element) => /auto|scroll/.test(getComputedStyle(element).overflowX) || element.tagName === 'BODY');
    const outside = [...document.querySelectorAll('main *, dialog[open] *')].filter((element) => element.getBoundingClientRect().right > limit + 1);
    return [...scrolls, ...outside].map((element) => `${element.tagName}.${element.className}`);
  });
  expect(tooWide).toEqual([]);
}
