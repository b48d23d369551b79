import { signal } from '@preact/signals';

export type Theme = 'system' | 'light' | 'dark';

const key = 'peal.theme';
const order: readonly Theme[] = ['system', 'light', 'dark'];

export const theme = signal<Theme>(chosen());

export function nextTheme(now: Theme): Theme {
  return order[(order.indexOf(now) + 1) % order.length] ?? 'system';
}

/** `public/theme.js` applies the same choice before the first paint of the next visit. */
export function choose(next: Theme): void {
  theme.value = next;
  if (next === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = next;
  try {
    localStorage.setItem(key, next);
  } catch {
    // Storage is full or blocked: the choice lasts as long as the page.
  }
}

function chosen(): Theme {
  const set = typeof document === 'undefined' ? undefined : document.documentElement.dataset['theme'];
  return set === 'light' || set === 'dark' ? set : 'system';
}
