/** What clouds, Git, Software Heritage and C4 call a content. */
import { algorithmCalled } from '../tables/algorithm-alias.ts';
import { type AlgorithmName, algorithms } from '../tables/algorithms.ts';
import { fromC4, fromS3Etag } from '../text/custom-digests.ts';
import { fromHex } from '../text/decode.ts';
import { expectedOf, type Recognition, refused, unknown } from './expected.ts';

const softwareHeritage: Readonly<Record<string, string>> = {
  dir: 'a directory',
  rev: 'a revision',
  rel: 'a release',
  snp: 'a snapshot',
};

/** ISO/IEC 18670: `swh:1:cnt:…`, and qualifiers behind `;`, which say where it was found. */
function swhid(text: string): Recognition {
  const [, version, kind, digits] = /^swh:(\d+):([a-z]+):([^;\s]+)(?:;\S*)?$/.exec(text) ?? [];
  if (version === undefined) return unknown;
  const other = softwareHeritage[kind!];
  if (other !== undefined) {
    const hint = kind === 'dir' ? ' ‘hashlane identify’ gives that of a folder.' : '';
    return refused(`This SWHID names ${other}, not the content of a file.${hint}`);
  }
  if (version !== '1' || kind !== 'cnt') return refused('This SWHID is of a version or a kind that is not known here.');
  if (!/^[0-9a-f]{40}$/.test(digits!)) return refused('The digest in this SWHID is not of 40 lower-case digits.');
  return expectedOf('SWHID', [[{ algorithm: 'git-blob', bytes: fromHex(digits!)! }]]);
}

const gitoidAlgorithms: Readonly<Record<string, AlgorithmName>> = { sha1: 'git-blob', sha256: 'git-blob-sha256' };

/** `gitoid:blob:sha256:…`, as OmniBOR and in-toto write Git's names. */
function gitoid(text: string): Recognition {
  const [, kind, hash, digits] = /^gitoid:([a-z]+):([a-z0-9]+):([0-9a-f]+)$/i.exec(text) ?? [];
  if (kind === undefined) return unknown;
  if (kind !== 'blob') return refused(`This gitoid names a ${kind}, not the content of a file.`);
  const name = gitoidAlgorithms[hash!];
  const bytes = fromHex(digits!);
  if (name === undefined || bytes?.length !== algorithms.find((each) => each.name === name)!.digestLength) {
    return refused('This gitoid is of a digest that is not known here.');
  }
  return expectedOf('gitoid', [[{ algorithm: name, bytes }]]);
}

/**
 * The ETag of an object that was uploaded in parts. Their size is none of its digits: all usual ones are tried, unless
 * it is said (`s3-etag:8MiB:…-3`).
 */
function etag(text: string): Recognition {
  const [, said, digits = text] = /^s3-etag:(?:([0-9]+[a-z]*):)?\W?([0-9a-f-]+)\W?$/i.exec(text) ?? [];
  const bytes = fromS3Etag(digits);
  if (said !== undefined) {
    const name = algorithmCalled(`s3-etag:${said}`);
    if (name === null) return refused('The part size of this ETag is none of 5, 8, 15 and 16 MiB.');
    if (bytes === null) return refused('This is no S3 ETag: 32 digits, a hyphen and the number of parts.');
    return expectedOf('S3 ETag', [[{ algorithm: name, bytes }]]);
  }
  if (bytes === null || !digits.includes('-')) return unknown;
  return expectedOf(
    'S3 ETag',
    algorithms.filter(({ encoding }) => encoding === 's3-etag').map(({ name }) => [{ algorithm: name, bytes }]),
    { notes: ['An ETag with a number of parts is not a plain MD5: the usual part sizes were tried.'] },
  );
}

/** A checksum of S3 over its parts' checksums: `…=-3`. */
function compositeChecksum(text: string): Recognition {
  if (!/^[A-Za-z0-9+/]{6,86}={0,2}-[1-9]\d{0,4}$/.test(text) || !/=-/.test(text)) return unknown;
  return refused(
    'This S3 checksum is composite: it is of the checksums of the parts, so the file alone cannot be held against it.',
  );
}

/** Go's and in-toto's name of a folder. */
function dirHash(text: string): Recognition {
  if (!/^h1:[A-Za-z0-9+/]{43}=$/.test(text)) return unknown;
  return refused(
    'This is the dirHash of a folder or a module, not the digest of a file. ‘hashlane identify --as dirhash’ gives that of a folder.',
  );
}

function c4Id(text: string): Recognition {
  const bytes = fromC4(text);
  return bytes === null ? unknown : expectedOf('C4 ID', [[{ algorithm: 'c4', bytes }]]);
}

export function contentIdentity(text: string): Recognition {
  for (const form of [swhid, gitoid, c4Id, etag, compositeChecksum, dirHash]) {
    const found = form(text);
    if (found.kind !== 'unknown') return found;
  }
  return unknown;
}
