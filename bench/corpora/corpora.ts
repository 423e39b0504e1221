/** What the suites hash. Every size is part of the name, so that another size is another corpus. */
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { type Corpus, corpus } from './corpus.ts';
import { Keystream, lognormalSize, randomFrom } from './random.ts';

const seed = 20_261_120;
const mebibyte = 1 << 20;
const smallFolders = 200;
const tinyPerFolder = 1000;

function writeRandom(file: string, length: number, bytes: Keystream): void {
  const descriptor = openSync(file, 'w');
  for (let left = length; left > 0; left -= mebibyte) writeSync(descriptor, bytes.next(Math.min(left, mebibyte)));
  closeSync(descriptor);
}

/** One incompressible file. */
export function largeFile(mebibytes: number): Corpus {
  return corpus(`large-${mebibytes}`, (folder) => {
    writeRandom(path.join(folder, 'large.bin'), mebibytes * mebibyte, new Keystream(seed));
  });
}

/** Files of one size in one folder. */
export function mediumFiles(count: number, mebibytes: number): Corpus {
  return corpus(`medium-${count}x${mebibytes}`, (folder) => {
    const bytes = new Keystream(seed + 1);
    for (let number = 0; number < count; number++) {
      writeRandom(path.join(folder, `medium-${number}.bin`), mebibytes * mebibyte, bytes);
    }
  });
}

/** `count` files in 200 folders, sizes lognormal with a median of 2 KiB, about 6 KB on average. */
export function smallFiles(count: number): Corpus {
  return corpus(`small-${count}`, (folder) => writeSmall(folder, count));
}

function writeSmall(folder: string, count: number): void {
  const random = randomFrom(seed);
  const content = Buffer.alloc(mebibyte);
  for (let at = 0; at < content.length; at++) content[at] = Math.floor(random() * 256);
  for (let number = 0; number < smallFolders; number++) mkdirSync(path.join(folder, String(number)));
  for (let number = 0; number < count; number++) {
    const size = lognormalSize(random, 2048, 1 << 19);
    const start = Math.floor(random() * (content.length - size));
    const file = path.join(folder, String(number % smallFolders), `file-${number}.bin`);
    writeFileSync(file, content.subarray(start, start + size));
  }
}

/** What a disk holds: 3 large files, 48 of a few MiB, `small` small ones, and some in chains of 60 folders (RHash goes no deeper than 64). */
export function mixedTree(largeMebibytes: number, small: number): Corpus {
  return corpus(`mixed-${largeMebibytes}-${small}`, (folder) => {
    const bytes = new Keystream(seed + 2);
    const random = randomFrom(seed + 2);
    const below = (name: string): string => {
      mkdirSync(path.join(folder, name), { recursive: true });
      return path.join(folder, name);
    };
    for (let number = 0; number < 3; number++) {
      writeRandom(path.join(below('disks'), `disk-${number}.img`), largeMebibytes * mebibyte, bytes);
    }
    for (let number = 0; number < 48; number++) {
      const size = lognormalSize(random, 4 * mebibyte, 32 * mebibyte);
      writeRandom(path.join(below(`photos/${number % 6}`), `photo-${number}.raw`), size, bytes);
    }
    writeSmall(below('sources'), small);
    for (let chain = 0; chain < 4; chain++) {
      let deep = `deep/${chain}`;
      for (let depth = 0; depth < 60; depth++) {
        deep = path.join(deep, `d${depth}`);
        if (depth % 10 === 9) writeRandom(path.join(below(deep), 'file.bin'), 3000, bytes);
      }
    }
  });
}

/** `count` files of 1 KiB, a thousand to a folder. */
export function tinyFiles(count: number): Corpus {
  return corpus(`tiny-${count}`, (folder) => {
    const bytes = new Keystream(seed + 3);
    for (let number = 0; number < count; number++) {
      const place = path.join(folder, String(Math.floor(number / tinyPerFolder)));
      if (number % tinyPerFolder === 0) mkdirSync(place);
      writeFileSync(path.join(place, `${number}.bin`), bytes.next(1024));
    }
  });
}
