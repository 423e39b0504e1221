/**
 * Links by which file-sharing programs find a file: `ed2k://` and `magnet:?`. The name is the last
 * segment of the path, its bytes percent-encoded but for RFC 3986's unreserved characters, as RHash
 * writes it.
 */
import type { BatchView } from '../batch/reader.ts';
import { type Algorithm, type AlgorithmName, algorithm } from '../tables/algorithms.ts';
import { digestText } from '../text/digest-text.ts';
import type { ByteBuilder } from './byte-builder.ts';
import type { Format } from './format.ts';
import { sizeText } from './size-text.ts';

const unreserved = new Set(
  new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~'),
);

function appendName(out: ByteBuilder, batch: BatchView, index: number): void {
  for (const byte of batch.nameBytes(index).subarray(batch.leafOffset(index))) {
    if (unreserved.has(byte)) out.byte(byte);
    else out.text(`%${byte.toString(16).padStart(2, '0')}`);
  }
}

/** `ed2k://|file|name|size|digest|h=digest|/`, with the AICH digest where it was asked for. */
export const ed2k: Format = {
  name: 'ed2k',
  label: 'ED2K links',
  extension: '.txt',
  mediaType: 'text/plain',
  carriesFailures: false,
  usual: ['ed2k', 'aich'],
  needs: 'ed2k',
  create: (names) => ({
    begin() {},
    record(out, batch, index) {
      const digest = batch.digest(index, 'ed2k');
      if (digest === null || !names.includes('ed2k')) return;
      out.text('ed2k://|file|');
      appendName(out, batch, index);
      out.text(`|${sizeText(batch, index)}|`);
      out.hex(digest);
      const aich = names.includes('aich') ? batch.digest(index, 'aich') : null;
      if (aich !== null) out.text(`|h=${digestText(aich, algorithm('aich').encoding)}`);
      out.text('|/\n');
    },
    end() {},
  }),
};

/** Where the names of RHash and other clients for `urn:` differ from ours. */
const urns: Partial<Record<AlgorithmName, string>> = {
  tth: 'tree:tiger',
  edonr256: 'edon-r256',
  edonr512: 'edon-r512',
};

/** SHA-1 too stands in base32 here: the custom of Gnutella, from which `urn:sha1` comes. */
const magnetEncoding = ({ name, encoding }: Algorithm): Algorithm['encoding'] =>
  name === 'sha1' ? 'base32' : encoding;

/** `magnet:?xl=size&dn=name&xt=urn:algorithm:digest`, with an `xt` for each algorithm, in the order asked for. */
export const magnet: Format = {
  name: 'magnet',
  label: 'Magnet links',
  extension: '.txt',
  mediaType: 'text/plain',
  carriesFailures: false,
  usual: ['tth', 'ed2k', 'aich'],
  create(names) {
    const topics = names.map((name) => ({
      name,
      prefix: `&xt=urn:${urns[name] ?? name}:`,
      encoding: magnetEncoding(algorithm(name)),
    }));
    return {
      begin() {},
      record(out, batch, index) {
        if (topics.every(({ name }) => batch.digest(index, name) === null)) return;
        out.text(`magnet:?xl=${sizeText(batch, index)}&dn=`);
        appendName(out, batch, index);
        for (const { name, prefix, encoding } of topics) {
          const digest = batch.digest(index, name);
          if (digest !== null) out.text(prefix + digestText(digest, encoding));
        }
        out.text('\n');
      },
      end() {},
    };
  },
};
