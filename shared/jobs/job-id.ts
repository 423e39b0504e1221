/**
 * A job's persistent id: milliseconds since 2020 times 4096, plus 12 random bits. It is a safe integer until
 * the year 2089, sorts by time, and goes as it is into batch headers, the stats block and the journal's name.
 * Within a process ids strictly increase; across processes the exclusive creation of the journal decides.
 */
const epoch = Date.UTC(2020, 0, 1);
const perMillisecond = 4_096;

/** Crockford's letters: no I, L, O and U, in ascending order, so that the text sorts as the number does. */
const digits = '0123456789abcdefghjkmnpqrstvwxyz';
const textLength = 11;

let last = 0;

/** Greater than every id that this process has had. `now` is in milliseconds since 1970. */
export function newJobId(now = Date.now(), random = Math.random): number {
  const candidate = Math.max(now - epoch, 1) * perMillisecond + Math.floor(random() * perMillisecond);
  last = Math.max(candidate, last + 1);
  return last;
}

/** Whether `id` can be a job's. */
export function isJobId(id: number): boolean {
  return Number.isSafeInteger(id) && id > 0;
}

/** When the job was created, milliseconds since 1970. */
export function jobIdTime(id: number): number {
  return Math.floor(id / perMillisecond) + epoch;
}

/** The id for people: 11 characters, in the order of the numbers. */
export function jobIdText(id: number): string {
  let text = '';
  for (let left = id; text.length < textLength; left = Math.floor(left / 32)) text = digits[left % 32]! + text;
  return text;
}

/** The id that `jobIdText` wrote, in any case and with o, i and l read as digits; undefined for anything else. */
export function parseJobId(text: string): number | undefined {
  const plain = text.toLowerCase().replaceAll('o', '0').replace(/[il]/g, '1');
  if (plain.length !== textLength) return undefined;
  let id = 0;
  for (const letter of plain) {
    const digit = digits.indexOf(letter);
    if (digit === -1) return undefined;
    id = id * 32 + digit;
  }
  return isJobId(id) ? id : undefined;
}
