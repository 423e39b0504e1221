/** Numbers for people: decimal units, as disks and file managers count. English digits and separators. */

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const;

/** Whole numbers with thousands separators: `1,234,567`. */
export function formatCount(count: number): string {
  return Math.trunc(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Bytes in three figures: `999 B`, `1.40 GB`, `14.0 GB`, `140 GB`. */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${Math.round(bytes)} B`;
  let unit = 0;
  let value = bytes;
  // 999.5 would be rounded to four figures: it belongs to the next unit.
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return `${value.toFixed(decimals)} ${units[unit]}`;
}

/** Bytes a second: `812 MB/s`. */
export function formatRate(bytesPerSecond: number): string {
  return `${formatSize(bytesPerSecond)}/s`;
}

/** Seconds as a clock counts them: `0:07`, `12:34`, `1:02:03`, `3 d 04:05`. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number): string => value.toString().padStart(2, '0');
  const minutes = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / 3600) % 24;
  const days = Math.floor(whole / 86_400);
  if (days > 0) return `${formatCount(days)} d ${two(hours)}:${two(minutes)}`;
  if (hours > 0) return `${hours}:${two(minutes)}:${two(whole % 60)}`;
  return `${minutes}:${two(whole % 60)}`;
}

/** How long something took, in the unit that tells most: `340 µs`, `12 ms`, `3.4 s`, `12:34`. */
export function formatDuration(seconds: number): string {
  if (seconds < 0.000_999_5) return `${Math.round(seconds * 1_000_000)} µs`;
  if (seconds < 0.999_5) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  return formatClock(seconds);
}

/** A part of one as whole percent: `97 %`. Less than all is never shown as 100 %, more than nothing never as 0 %. */
export function formatPercent(part: number): string {
  const percent = part * 100;
  if (percent > 0 && percent < 1) return '< 1 %';
  if (percent > 99 && percent < 100) return '> 99 %';
  return `${Math.round(percent)} %`;
}
