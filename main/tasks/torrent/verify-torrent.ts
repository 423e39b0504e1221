/** Holds a folder against a .torrent: which pieces and which files are damaged. */
import { createHash } from 'node:crypto';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import path from 'node:path';
import {
  blockLength,
  type FileV2,
  layerFits,
  merkleRoot,
  parseTorrent,
  pieceSpans,
  powerOfTwoFrom,
  type Torrent,
} from '#shared/manifests/torrent/metainfo.ts';

export interface TorrentFileResult {
  readonly path: string;
  readonly status: 'ok' | 'changed' | 'missing' | 'unreadable' | 'wrong-size';
  /** Damaged pieces: of v1 counted over the whole torrent, of v2 in the file. */
  readonly badPieces: { readonly v1: readonly number[]; readonly v2: readonly number[] };
}

export interface TorrentResult {
  readonly ok: boolean;
  readonly versions: readonly (1 | 2)[];
  readonly files: readonly TorrentFileResult[];
  readonly pieces: number;
}

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
const chunkLength = 1 << 20;

/**
 * `folder`: what the torrent's own folder or file lies in, or that folder itself. Every file is read
 * once for each version that the torrent has. Throws BencodeError and TorrentError for a bad torrent.
 */
export async function verifyTorrent(torrentBytes: Uint8Array, folder: string): Promise<TorrentResult> {
  const torrent = parseTorrent(torrentBytes);
  const root = await rootOf(torrent, folder);
  const files = (torrent.v2?.files ?? torrent.v1!.files.filter(({ padding }) => !padding)).map(
    ({ path: name, length }) => ({ name, length }),
  );
  const states = new Map<string, { status: TorrentFileResult['status']; v1: number[]; v2: number[] }>();
  for (const { name, length } of files)
    states.set(name, { status: await stateOf(path.join(root, name), length), v1: [], v2: [] });

  if (torrent.v1 !== null) {
    let index = 0;
    const reader = new SpanReader(root);
    try {
      for (const spans of pieceSpans(torrent.v1.files, torrent.pieceLength)) {
        const hash = createHash('sha1');
        let whole = true;
        for (const { file, offset, length } of spans) {
          const { path: name, padding } = torrent.v1.files[file]!;
          if (padding)
            for (let left = length; left > 0; left -= chunkLength)
              hash.update(new Uint8Array(Math.min(left, chunkLength)));
          else whole = (await reader.read(name, offset, length, (bytes) => hash.update(bytes))) && whole;
        }
        if (!whole || !same(hash.digest(), torrent.v1.pieces[index]!))
          for (const { file } of spans) states.get(torrent.v1.files[file]!.path)?.v1.push(index);
        index++;
      }
    } finally {
      await reader.close();
    }
  }
  for (const file of torrent.v2?.files ?? [])
    states.get(file.path)!.v2.push(...(await badPiecesV2(file, torrent.pieceLength, root)));

  const results = files.map(({ name }) => {
    const { status, v1, v2 } = states.get(name)!;
    const bad = v1.length + v2.length > 0;
    return { path: name, status: status === 'ok' && bad ? ('changed' as const) : status, badPieces: { v1, v2 } };
  });
  const versions = [...(torrent.v1 ? [1 as const] : []), ...(torrent.v2 ? [2 as const] : [])];
  const pieces =
    torrent.v1?.pieces.length ??
    torrent.v2!.files.reduce((sum, { length }) => sum + Math.ceil(length / torrent.pieceLength), 0);
  return { ok: results.every(({ status }) => status === 'ok'), versions, files: results, pieces };
}

async function rootOf(torrent: Torrent, folder: string): Promise<string> {
  if (torrent.single) return folder;
  const inside = path.join(folder, torrent.name);
  const found = await lstat(inside).catch(() => null);
  return found?.isDirectory() ? inside : folder;
}

async function stateOf(file: string, length: number): Promise<TorrentFileResult['status']> {
  try {
    const found = await lstat(file);
    if (!found.isFile()) return 'unreadable';
    return found.size === length ? 'ok' : 'wrong-size';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable';
  }
}

/** Reads parts of files that follow each other; one file is open at a time. */
class SpanReader {
  readonly #root: string;
  #name: string | undefined;
  #file: FileHandle | null = null;
  readonly #buffer = Buffer.alloc(chunkLength);
  constructor(root: string) {
    this.#root = root;
  }

  /** False when the bytes are not all there. */
  async read(name: string, offset: number, length: number, take: (bytes: Uint8Array) => void): Promise<boolean> {
    if (this.#name !== name) {
      await this.close();
      this.#name = name;
      this.#file = await open(path.join(this.#root, name), 'r').catch(() => null);
    }
    for (let done = 0; done < length; ) {
      const wanted = Math.min(chunkLength, length - done);
      const got = await this.#file?.read(this.#buffer, 0, wanted, offset + done).catch(() => null);
      if (!got || got.bytesRead === 0) return false;
      take(this.#buffer.subarray(0, got.bytesRead));
      done += got.bytesRead;
    }
    return true;
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = null;
    this.#name = undefined;
  }
}

async function badPiecesV2(file: FileV2, pieceLength: number, root: string): Promise<number[]> {
  if (file.root === null) return [];
  const pieces = Math.ceil(file.length / pieceLength);
  // A layer that does not lead to the root proves nothing of any piece.
  if (!layerFits(file, pieceLength, sha256)) return Array.from({ length: pieces }, (_, at) => at);
  const reader = new SpanReader(root);
  const bad: number[] = [];
  try {
    for (let piece = 0; piece < pieces; piece++) {
      const from = piece * pieceLength;
      const length = Math.min(pieceLength, file.length - from);
      const blocks: Uint8Array[] = [];
      let whole = true;
      for (let at = 0; at < length; at += blockLength) {
        const hash = createHash('sha256');
        whole =
          (await reader.read(file.path, from + at, Math.min(blockLength, length - at), (bytes) =>
            hash.update(bytes),
          )) && whole;
        blocks.push(hash.digest());
      }
      const width = file.layer === null ? powerOfTwoFrom(blocks.length) : pieceLength / blockLength;
      const expected = file.layer === null ? file.root : file.layer[piece]!;
      if (!whole || !same(merkleRoot(blocks, width, new Uint8Array(32), sha256), expected)) bad.push(piece);
    }
  } finally {
    await reader.close();
  }
  return bad;
}
