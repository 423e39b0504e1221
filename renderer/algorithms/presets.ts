import type { AlgorithmName } from '#shared/tables/algorithms.ts';

/** Choices that people make most often, told by what they are for. */
export const presets = {
  download: ['sha256'],
  release: ['sha256', 'sha512', 'blake2b'],
  archive: ['xxh3-128', 'blake3'],
  sharing: ['crc32', 'md5', 'sha1', 'ed2k'],
} as const satisfies Record<string, readonly AlgorithmName[]>;

export type PresetName = keyof typeof presets;

export const presetNames = Object.keys(presets) as PresetName[];
