import { expect, it } from 'vitest';
import { plainLayout, withHidden } from './column-layout.ts';
import { createViewOptions, type Keeper, sizeText } from './view-options.ts';

function keeper(stored: string | null): Keeper & { text: string | null } {
  return {
    text: stored,
    getItem() {
      return this.text;
    },
    setItem(_key, value) {
      this.text = value;
    },
  };
}

it('how a table looks is the same after a reload', () => {
  const kept = keeper(null);
  const options = createViewOptions(kept);
  options.setState({ isUpper: true, columns: { hash: withHidden(plainLayout, 'size', true) } });
  expect(createViewOptions(kept).getState()).toEqual(options.getState());
});

it('what is stored and makes no sense is left alone', () => {
  for (const stored of [
    '',
    '[]',
    'null',
    '{"columns":[1]}',
    '{"columns":{"hash":{"widths":{"md5":"wide"},"order":[1]}}}',
  ]) {
    const options = createViewOptions(keeper(stored)).getState();
    expect(options.isUpper).toBe(false);
    for (const layout of Object.values(options.columns)) expect(layout).toEqual(plainLayout);
  }
});

it('a browser that keeps nothing changes nothing', () => {
  const denied: Keeper = {
    getItem: () => {
      throw new Error('denied');
    },
    setItem: () => {
      throw new Error('denied');
    },
  };
  const options = createViewOptions(denied);
  options.setState({ isBinary: true });
  expect(options.getState().isBinary).toBe(true);
});

it('sizes are written in the units that were chosen', () => {
  expect([1023, 1024, 1536, 1_048_575, 2 ** 40].map((bytes) => sizeText(bytes, true))).toEqual([
    '1023 B',
    '1.00 KiB',
    '1.50 KiB',
    '1.00 MiB',
    '1.00 TiB',
  ]);
  expect(sizeText(1536, false)).toBe('1.54 kB');
});
