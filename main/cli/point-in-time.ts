/** Times of options: a date, or how long ago. */
import { InvalidArgumentError } from 'commander';

const units: Readonly<Record<string, number>> = {
  s: 1000,
  sec: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
  y: 365.25 * 86_400_000,
};

const date = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** Milliseconds since 1970. Dates without a zone are of this machine's. */
export function pointInTime(text: string): number {
  const ago = /^(\d{1,9})(s|sec|m|min|h|d|w|y)$/.exec(text);
  // A date alone would be of Greenwich.
  const time = ago
    ? Date.now() - Number(ago[1]) * units[ago[2]!]!
    : date.test(text)
      ? Date.parse(text.length === 10 ? `${text}T00:00` : text.replace(' ', 'T'))
      : Number.NaN;
  if (Number.isNaN(time)) {
    throw new InvalidArgumentError(
      'Expected a date such as 2026-01-31 or 2026-01-31T12:00, or how long ago: 90min, 7d, 2w.',
    );
  }
  return Math.max(0, Math.round(time));
}
