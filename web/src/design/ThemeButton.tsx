import { Icon, type IconName } from './Icon';
import { choose, nextTheme, theme, type Theme } from './theme';

const icons: Record<Theme, IconName> = { system: 'system', light: 'sun', dark: 'moon' };
const names: Record<Theme, string> = { system: 'as the system', light: 'light', dark: 'dark' };

export function ThemeButton() {
  const now = theme.value;
  const label = `Theme: ${names[now]}. Change to ${names[nextTheme(now)]}.`;
  return (
    <button class="icon-button" type="button" aria-label={label} title={label} onClick={() => choose(nextTheme(now))}>
      <Icon name={icons[now]} />
    </button>
  );
}
