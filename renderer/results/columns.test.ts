import { expect, it } from 'vitest';
import { allOf, columnsFor } from './columns.ts';

it('there is one column for each algorithm of all jobs, in the order of the table', () => {
  const columns = columnsFor(allOf(['md5', 'sha256'], ['crc32', 'md5']));
  const digests = columns.slice(3).map((column) => column.key);
  expect(digests).toHaveLength(3);
  expect(new Set(digests)).toEqual(new Set(['md5', 'sha256', 'crc32']));
  expect(digests).toEqual(
    columnsFor(allOf(['crc32'], ['sha256', 'md5']))
      .slice(3)
      .map((column) => column.key),
  );
});
