/** What Hashlane wants to reach, and whether it did. */
import { z } from 'zod';

export const threshold = z.object({
  text: z.string(),
  /** Null when what it compares with was not measured; then it is neither met nor missed. */
  value: z.number().nullable(),
  met: z.boolean().nullable(),
});
export type Threshold = z.infer<typeof threshold>;

export function judge(text: string, value: number | null, isMet: (value: number) => boolean): Threshold {
  return { text, value, met: value === null ? null : isMet(value) };
}

/** `× 4.21`; how many times. */
export const timesText = (times: number): string => `× ${times.toFixed(2)}`;

/** `met`, `MISSED` or `not measured`, with the value reached. */
export function verdict({ value, met }: Threshold): string {
  if (value === null || met === null) return 'not measured';
  return `${met ? 'met' : 'MISSED'}, ${value.toFixed(value < 100 ? 2 : 0)}`;
}
