/** Shared looks of menus and popovers. */
export const surface = 'z-40 rounded-lg border border-line bg-raised text-ink shadow-raised';

export const menuSurface = `${surface} min-w-52 p-1`;

export const menuItem =
  'flex h-7 items-center gap-2.5 rounded-md px-2 outline-none data-[highlighted]:bg-accent-soft data-[highlighted]:text-accent-ink data-[disabled]:text-ink-3';
