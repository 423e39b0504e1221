/** A .torrent as files and pieces: v1 (BEP 3), v2 (BEP 52) and both in one. */
import { decodeName } from '../../text/utf8.ts';
import { type Bencoded, type BencodedMap, decodeBencode, isMap, latin1 } from './bencode.ts';

class TorrentError extends Error {
  readonly code: 'torrent-malformed' | 'torrent-version' | 'name-unsafe' | 'torrent-contradicts-itself';
  constructor(code: TorrentError['code'], message: string) {
    super(message);
    this.name = 'TorrentError';
    this.code = code;
  }
}

export interface TorrentFile {
  /** Below the torrent's folder; of a single file its name. */
  readonly path: string;
  readonly length: number;
  /** Padding of a hybrid torrent: zeros that are no file. */
  readonly padding: boolean;
}

export interface FileV2 {
  readonly path: string;
  readonly length: number;
  /** Root of the Merkle tree over blocks of 16 KiB; null for an empty file. */
  readonly root: Uint8Array | null;
  /** A hash a piece; null where the root is the only one. */
  readonly layer: readonly Uint8Array[] | null;
}

export interface Torrent {
  readonly name: string;
  readonly pieceLength: number;
  /** `single`: the torrent is one file called `name`; else `name` is a folder. */
  readonly single: boolean;
  readonly v1: { readonly files: readonly TorrentFile[]; readonly pieces: readonly Uint8Array[] } | null;
  readonly v2: { readonly files: readonly FileV2[] } | null;
  /** The part of the file whose SHA-1 or SHA-256 is the info hash. */
  readonly info: Uint8Array;
}

export const blockLength = 16_384;

function malformed(message: string): never {
  throw new TorrentError('torrent-malformed', message);
}

function nameOf(value: Bencoded | undefined): string {
  if (!(value instanceof Uint8Array)) malformed('a name is no text');
  const { text, exact } = decodeName(value);
  if (!exact || text === '' || text === '.' || text === '..' || /[/\\\0]/.test(text))
    throw new TorrentError('name-unsafe', `not a name: ${JSON.stringify(text)}`);
  return text;
}

function lengthOf(value: Bencoded | undefined): number {
  return typeof value === 'number' && value >= 0 ? value : malformed('a length is no number');
}

function chunks(bytes: Uint8Array, size: number): Uint8Array[] {
  if (bytes.length % size !== 0) malformed('hashes are cut off');
  return Array.from({ length: bytes.length / size }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}

function parseV1(info: BencodedMap, name: string, pieceLength: number): NonNullable<Torrent['v1']> {
  const pieces = info.entries.get('pieces');
  if (!(pieces instanceof Uint8Array)) malformed('no pieces');
  const list = info.entries.get('files');
  const files: TorrentFile[] = [];
  if (list === undefined) files.push({ path: name, length: lengthOf(info.entries.get('length')), padding: false });
  else {
    if (!Array.isArray(list) || list.length === 0) malformed('files is no list');
    for (const file of list as readonly Bencoded[]) {
      const path = isMap(file) ? file.entries.get('path') : undefined;
      if (!isMap(file) || !Array.isArray(path) || path.length === 0) malformed('a file without a path');
      const attributes = file.entries.get('attr');
      const padding = attributes instanceof Uint8Array && latin1(attributes).includes('p');
      files.push({
        path: (path as readonly Bencoded[]).map(nameOf).join('/'),
        length: lengthOf(file.entries.get('length')),
        padding,
      });
    }
  }
  const total = files.reduce((sum, { length }) => sum + length, 0);
  if (!Number.isSafeInteger(total)) malformed('the files are too large together');
  const hashes = chunks(pieces, 20);
  if (hashes.length !== Math.ceil(total / pieceLength)) malformed('not as many pieces as the files have');
  return { files, pieces: hashes };
}

function parseV2(info: BencodedMap, layers: Bencoded | undefined, pieceLength: number): NonNullable<Torrent['v2']> {
  const files: FileV2[] = [];
  const walk = (tree: Bencoded | undefined, above: string): void => {
    if (!isMap(tree)) malformed('the file tree is no map');
    for (const [key, below] of tree.entries) {
      const name = nameOf(Uint8Array.from(key, (unit) => unit.charCodeAt(0)));
      const path = above === '' ? name : `${above}/${name}`;
      const leaf = isMap(below) ? below.entries.get('') : malformed('the file tree is no map');
      if (leaf === undefined) walk(below, path);
      else if (!isMap(leaf) || (below as BencodedMap).entries.size !== 1) malformed(`not a file: ${path}`);
      else files.push(fileOf(path, leaf));
    }
  };
  const fileOf = (path: string, leaf: BencodedMap): FileV2 => {
    const length = lengthOf(leaf.entries.get('length'));
    if (length === 0) return { path, length, root: null, layer: null };
    const root = leaf.entries.get('pieces root');
    if (!(root instanceof Uint8Array) || root.length !== 32) malformed(`no root: ${path}`);
    if (length <= pieceLength) return { path, length, root, layer: null };
    const layer = isMap(layers) ? layers.entries.get(latin1(root)) : undefined;
    if (!(layer instanceof Uint8Array)) malformed(`no piece layer: ${path}`);
    const hashes = chunks(layer, 32);
    if (hashes.length !== Math.ceil(length / pieceLength)) malformed(`not as many pieces as the file has: ${path}`);
    return { path, length, root, layer: hashes };
  };
  walk(info.entries.get('file tree'), '');
  if (files.length === 0) malformed('no files');
  return { files };
}

/** Throws BencodeError and TorrentError. No name leads out of the torrent's folder. */
export function parseTorrent(bytes: Uint8Array): Torrent {
  const root = decodeBencode(bytes);
  const info = isMap(root) ? root.entries.get('info') : undefined;
  if (!isMap(root) || !isMap(info)) malformed('no info');
  const name = nameOf(info.entries.get('name'));
  const pieceLength = lengthOf(info.entries.get('piece length'));
  if (pieceLength < 1 || pieceLength > 1 << 30) malformed('not a length of pieces');
  const version = info.entries.get('meta version');
  if (version !== undefined && version !== 2) throw new TorrentError('torrent-version', `version ${String(version)}`);
  if (version === 2 && (pieceLength < blockLength || (pieceLength & (pieceLength - 1)) !== 0))
    malformed('the length of pieces is no power of two from 16 KiB on');
  const v1 = info.entries.has('pieces') ? parseV1(info, name, pieceLength) : null;
  const v2 = version === 2 ? parseV2(info, root.entries.get('piece layers'), pieceLength) : null;
  if (v1 === null && v2 === null) malformed('neither pieces nor a file tree');
  if (v1 !== null && v2 !== null) {
    const ofV1 = v1.files.filter(({ padding }) => !padding).map(({ path, length }) => `${length} ${path}`);
    const ofV2 = v2.files.map(({ path, length }) => `${length} ${path}`);
    if (ofV1.join('\n') !== ofV2.join('\n'))
      throw new TorrentError('torrent-contradicts-itself', 'version 1 and 2 list other files');
  }
  const [first] = v2?.files ?? [];
  const single = v1 === null ? v2!.files.length === 1 && first!.path === name : !info.entries.has('files');
  return { name, pieceLength, single, v1, v2, info: bytes.subarray(info.start, info.end) };
}

export interface PieceSpan {
  /** Index in the files of v1. */
  readonly file: number;
  /** In the file, bytes. */
  readonly offset: number;
  readonly length: number;
}

/** Which bytes of which files a piece of v1 is made of, one piece after the other. */
export function* pieceSpans(files: readonly TorrentFile[], pieceLength: number): Generator<PieceSpan[]> {
  let spans: PieceSpan[] = [];
  let room = pieceLength;
  for (const [file, { length }] of files.entries())
    for (let offset = 0; offset < length; ) {
      const taken = Math.min(room, length - offset);
      spans.push({ file, offset, length: taken });
      offset += taken;
      room -= taken;
      if (room === 0) {
        yield spans;
        spans = [];
        room = pieceLength;
      }
    }
  if (spans.length > 0) yield spans;
}

export type Sha256 = (bytes: Uint8Array) => Uint8Array;

function pair(left: Uint8Array, right: Uint8Array, sha256: Sha256): Uint8Array {
  const both = new Uint8Array(64);
  both.set(left);
  both.set(right, 32);
  return sha256(both);
}

/** The root over `hashes`, filled up to `width` leaves (a power of two) with `filler`. */
export function merkleRoot(
  hashes: readonly Uint8Array[],
  width: number,
  filler: Uint8Array,
  sha256: Sha256,
): Uint8Array {
  let row = hashes;
  let empty = filler;
  for (let left = width; left > 1; left /= 2) {
    const above: Uint8Array[] = [];
    for (let at = 0; at < row.length; at += 2) above.push(pair(row[at]!, row[at + 1] ?? empty, sha256));
    empty = pair(empty, empty, sha256);
    row = above;
  }
  return row[0] ?? empty;
}

export const powerOfTwoFrom = (count: number): number => 2 ** Math.ceil(Math.log2(Math.max(1, count)));

/** Whether a file's piece layer leads to its root. `zeroPiece`: the hash of a piece of no blocks. */
export function layerFits(file: FileV2, pieceLength: number, sha256: Sha256): boolean {
  if (file.layer === null || file.root === null) return true;
  const zeroPiece = merkleRoot([], pieceLength / blockLength, new Uint8Array(32), sha256);
  const root = merkleRoot(file.layer, powerOfTwoFrom(file.layer.length), zeroPiece, sha256);
  return root.every((byte, at) => byte === file.root![at]);
}
