/*
 * Runs before the first paint, so that no window flashes in the wrong theme: settings arrive only
 * after the host has answered. `start/theme.ts` keeps the choice where this finds it.
 */
(() => {
  const kept = localStorage.getItem('theme');
  const dark = kept === 'dark' || (kept !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
