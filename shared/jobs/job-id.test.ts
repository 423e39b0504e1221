import { expect, test } from 'vitest';
import { isJobId, jobIdText, jobIdTime, newJobId, parseJobId } from './job-id.ts';

test('ids strictly increase, even when the clock goes back or the random bits run out', () => {
  const now = Date.now() + 1e6;
  const ids = [newJobId(now, () => 0.999_99), newJobId(now, () => 0), newJobId(now - 5000), newJobId(now + 1)];
  for (let n = 1; n < ids.length; n++) expect(ids[n]!).toBeGreaterThan(ids[n - 1]!);
});

test('an id tells when the job was created, and is a safe integer for decades', () => {
  const now = Date.UTC(2085, 5, 1);
  const id = newJobId(now);
  expect(jobIdTime(id)).toBe(now);
  expect(isJobId(id)).toBe(true);
});

test('the text has 11 characters, sorts as the number does, and is read back', () => {
  const ids = [1, 31, 32, 894_033_079_567_439, Number.MAX_SAFE_INTEGER];
  const texts = ids.map(jobIdText);
  expect(texts.every((text) => text.length === 11)).toBe(true);
  expect([...texts].sort()).toEqual(texts);
  expect(texts.map(parseJobId)).toEqual(ids);
  expect(texts.map((text) => parseJobId(text.toUpperCase()))).toEqual(ids);
});

test.each(['', '0', '00000000000', '0000000000u', '000000000001', 'zzzzzzzzzzz'])('%o is no id', (text) => {
  expect(parseJobId(text)).toBeUndefined();
});

test('letters that look like digits are read as them', () => {
  expect(parseJobId('oooooooooil')).toBe(33);
});
