import { expect, test } from 'vitest';
import { ByteTable } from './byte-table.ts';
import { Column } from './columns.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test('equal bytes have one number, others another, however many there are', () => {
  const table = new ByteTable();
  const numbers = new Map<string, number>();
  for (let at = 0; at < 30_000; at++) {
    const text = `name ${at % 20_000} ${'x'.repeat(at % 50)}`;
    const number = table.add(bytes(text));
    expect(numbers.get(text) ?? number).toBe(number);
    numbers.set(text, number);
  }
  expect(table.count).toBe(numbers.size);
  for (const [text, number] of numbers) {
    expect(table.find(bytes(text))).toBe(number);
    expect(new TextDecoder().decode(table.bytes(number))).toBe(text);
  }
  expect(table.find(bytes('another'))).toBe(-1);
});

test('parts of a longer run are looked up where they lie', () => {
  const table = new ByteTable();
  const number = table.add(bytes('folder/file'), 7, 11);
  expect(table.find(bytes('file'))).toBe(number);
  expect(table.add(bytes(''))).toBe(1);
  expect(table.bytes(1)).toHaveLength(0);
});

test('long runs lie across no page, and none is longer than a page', () => {
  const table = new ByteTable();
  const long = Array.from({ length: 5 }, (_, at) => new Uint8Array(700_000).fill(at));
  const numbers = long.map((each) => table.add(each));
  expect(numbers.map((number) => table.bytes(number))).toEqual(long);
  expect(() => table.add(new Uint8Array((1 << 20) + 1))).toThrow(RangeError);
});

test('a column gives its fill for what was never set', () => {
  const column = new Column(Int32Array, -1);
  expect(column.at(5)).toBe(-1);
  column.set(2000, 7);
  expect([column.at(1999), column.at(2000), column.at(2001), column.length]).toEqual([-1, 7, -1, 2001]);
  column.set(2000, -1);
  expect(column.at(2000)).toBe(-1);
  column.push(-1);
  expect(column.length).toBe(2002);
});
