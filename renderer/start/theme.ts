import type { Settings } from '#shared/contract/models.ts';

const prefersDark = window.matchMedia('(prefers-color-scheme: dark)');
let chosen: Settings['theme'] = 'system';

function paint(): void {
  const dark = chosen === 'dark' || (chosen === 'system' && prefersDark.matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}

prefersDark.addEventListener('change', paint);

/** Shows the theme at once and keeps it for the next start, where `public/theme.js` finds it. */
export function applyTheme(theme: Settings['theme']): void {
  chosen = theme;
  paint();
  localStorage.setItem('theme', theme);
}
