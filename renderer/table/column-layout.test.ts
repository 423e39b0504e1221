import { describe, expect, it } from 'vitest';
import { gridTemplate, plainLayout, shownColumns, withHidden, withMoved, withWidth } from './column-layout.ts';

const specs = [
  { key: 'name', narrowest: 220, widest: null },
  { key: 'size', narrowest: 84, widest: 84 },
  { key: 'status', narrowest: 126, widest: 126 },
  { key: 'md5', narrowest: 104, widest: 260 },
];
const keys = (layout = plainLayout): string[] => shownColumns(specs, layout).map(({ key }) => key);

describe('the columns of a table', () => {
  it('stand as they come until somebody moves one', () => {
    expect(keys()).toEqual(['name', 'size', 'status', 'md5']);
    const moved = withMoved(plainLayout, keys(), 'md5', -2);
    expect(keys(moved)).toEqual(['name', 'md5', 'size', 'status']);
    expect(keys(withMoved(moved, keys(moved), 'md5', 1))).toEqual(['name', 'size', 'md5', 'status']);
  });

  it('begin with the name, whatever is moved', () => {
    expect(keys(withMoved(plainLayout, keys(), 'md5', -99))[0]).toBe('name');
    expect(keys(withMoved(plainLayout, keys(), 'name', 2))[0]).toBe('name');
  });

  it('can be hidden but for the name, and come back where they were', () => {
    const moved = withMoved(plainLayout, keys(), 'md5', -1);
    const hidden = withHidden(moved, 'md5', true);
    expect(keys(hidden)).toEqual(['name', 'size', 'status']);
    expect(keys(withHidden(hidden, 'md5', false))).toEqual(['name', 'size', 'md5', 'status']);
    expect(keys(withHidden(plainLayout, 'name', true))).toContain('name');
  });

  it('keep the place of a column that is not there for a while', () => {
    const moved = withMoved(plainLayout, keys(), 'md5', -2);
    const without = shownColumns(specs.slice(0, 3), moved).map(({ key }) => key);
    expect(without).toEqual(['name', 'size', 'status']);
    expect(keys(withMoved(moved, without, 'status', -1))).toEqual(['name', 'status', 'size', 'md5']);
  });

  it('have the width that was dragged, within reason', () => {
    const template = (width: number): string => gridTemplate(shownColumns(specs, withWidth(plainLayout, 'md5', width)));
    expect(template(300)).toMatch(/ 300px$/);
    expect(template(3)).toMatch(/ 56px$/);
    expect(template(1e9)).toMatch(/ 2000px$/);
  });
});
