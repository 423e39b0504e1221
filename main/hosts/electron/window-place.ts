/** Where a window may stand: pure, so that screens that are gone can be tried. */
import * as z from 'zod';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const windowState = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(200).max(20_000),
  height: z.number().int().min(200).max(20_000),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof windowState>;

/** Position is absent where the system shall choose it. */
export type WindowPlace = Partial<WindowState> & { width: number; height: number };

export const usualPlace: WindowPlace = { width: 1180, height: 760 };

/** As much of a title bar as a person can get hold of. */
const grip = { width: 100, height: 40 };

/**
 * The kept state on the screens of today: no larger than the screen that it covers most of, and where
 * it was only if its title bar is still within reach.
 * @param workAreas at least one, the main screen's first
 */
export function placeWindow(kept: WindowState, workAreas: readonly Rectangle[]): WindowPlace {
  const screen = workAreas.reduce((best, area) => (overlap(kept, area) > overlap(kept, best) ? area : best));
  const size = { width: Math.min(kept.width, screen.width), height: Math.min(kept.height, screen.height) };
  const rest = { ...size, maximized: kept.maximized };
  const bounds = { x: kept.x, y: kept.y, ...size };
  return workAreas.some((area) => isReachable(bounds, area)) ? { x: kept.x, y: kept.y, ...rest } : rest;
}

function isReachable(bounds: Rectangle, area: Rectangle): boolean {
  const visible = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  return visible >= grip.width && bounds.y >= area.y && bounds.y <= area.y + area.height - grip.height;
}

function overlap(a: Rectangle, b: Rectangle): number {
  const along = (start: 'x' | 'y', size: 'width' | 'height'): number =>
    Math.max(0, Math.min(a[start] + a[size], b[start] + b[size]) - Math.max(a[start], b[start]));
  return along('x', 'width') * along('y', 'height');
}
