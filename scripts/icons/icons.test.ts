import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromRoot } from '../setup/paths.mjs';
import { icns, ico } from './containers.ts';
import { drawIcons } from './icons.ts';

const images = [16, 256].map((size) => ({ size, png: Buffer.from(`a picture of ${size} pixels`) }));

describe('the icons', () => {
  it('are those of the drawing, and no others lie beside them', async () => {
    const drawn = await drawIcons();
    for (const [file, content] of drawn) {
      expect(readFileSync(fromRoot(file)).equals(content), `${file} is stale: npm run icons`).toBe(true);
    }
    const sizes = [...drawn.keys()].filter((file) => file.startsWith('assets/icons/'));
    expect(readdirSync(fromRoot('assets', 'icons')).map((name) => `assets/icons/${name}`)).toEqual(sizes.toSorted());
  });
});

describe('an .ico', () => {
  it('leads to each image by offset and length', () => {
    const file = ico(images);
    expect([...file.subarray(0, 6)]).toEqual([0, 0, 1, 0, 2, 0]);
    const found = images.map((_image, index) => {
      const entry = file.subarray(6 + 16 * index);
      const [length, offset] = [entry.readUInt32LE(8), entry.readUInt32LE(12)];
      return { size: entry[0] || 256, png: file.subarray(offset, offset + length) };
    });
    expect(found).toEqual(images);
  });

  it('takes no image that is too large for it', () => {
    expect(() => ico([{ size: 512, png: Buffer.alloc(1) }])).toThrow('at most 256 pixels, not 512');
  });
});

describe('an .icns', () => {
  it('holds an image under each type of its size, with all lengths', () => {
    const file = icns(images);
    expect(file.toString('latin1', 0, 4)).toBe('icns');
    expect(file.readUInt32BE(4)).toBe(file.length);
    const types: string[] = [];
    for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
      types.push(file.toString('latin1', at, at + 4));
      expect(file.subarray(at + 8, at + file.readUInt32BE(at + 4))).toEqual(images[1]?.png);
    }
    expect(types).toEqual(['ic08', 'ic13']);
  });
});
