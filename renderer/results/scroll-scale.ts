/**
 * Browsers make no element higher than some tens of millions of pixels (33 million in Chromium).
 * Beyond `highest` the scroll bar stands for more than one pixel of rows a pixel.
 */
const highest = 30_000_000;

export interface ScrollScale {
  /** Height of the scrolled element, pixels. */
  readonly height: number;
  /** Pixels of rows for each pixel scrolled. */
  readonly factor: number;
}

/** `total`: all rows; `viewport`: what is seen of them; pixels. */
export function scrollScale(total: number, viewport: number): ScrollScale {
  if (total <= highest) return { height: total, factor: 1 };
  return { height: highest, factor: (total - viewport) / (highest - viewport) };
}
