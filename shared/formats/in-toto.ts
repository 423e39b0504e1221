/**
 * A statement of the in-toto attestation framework, version 1: what `cosign attest-blob --statement` signs. Every file is
 * a subject, with its digests under the framework's own names; what has no such digest, or no name that JSON can hold, is
 * refused.
 */
import type { BatchView } from '../batch/reader.ts';
import { type AlgorithmName, algorithmNames } from '../tables/algorithms.ts';
import { escapeControlsInJson } from '../text/visible.ts';
import type { Format, FormatWriter } from './format.ts';
import { recordName } from './record-text.ts';

const head =
  '{"_type":"https://in-toto.io/Statement/v1",' +
  '"predicateType":"https://hashlane.example/attestation/digests/v1","predicate":{},"subject":[';

const same: readonly AlgorithmName[] = ['sha224', 'sha256', 'sha384', 'sha512', 'sha512-224', 'sha512-256'];
const more: readonly AlgorithmName[] = ['sha3-224', 'sha3-256', 'sha3-384', 'sha3-512', 'blake2b', 'blake2s', 'sm3'];
const others: readonly AlgorithmName[] = ['ripemd160', 'sha1', 'md5', 'git-blob', 'git-blob-sha256'];

/** By our name: the framework's, in its specification of digest sets. */
const theirs: ReadonlyMap<AlgorithmName, string> = new Map(
  algorithmNames
    .filter((name) => [...same, ...more, ...others].includes(name))
    .map((name) => [name, name.startsWith('git-blob') ? 'gitBlob' : name.replaceAll('-', '_')]),
);

export const inToto: Format = {
  name: 'in-toto',
  label: 'in-toto statement',
  extension: '.json',
  mediaType: 'application/vnd.in-toto+json',
  carriesFailures: false,
  usual: ['sha256'],
  create(names): FormatWriter {
    // Of two that have one name there, such as Git's with SHA-1 and with SHA-256, the first one is taken.
    const columns = new Map<string, AlgorithmName>();
    for (const name of names) {
      const called = theirs.get(name);
      if (called !== undefined && !columns.has(called)) columns.set(called, name);
    }
    const digestsOf = (batch: BatchView, index: number): [string, string][] =>
      [...columns].flatMap(([called, name]): [string, string][] => {
        const digest = batch.digestText(index, name);
        return digest === null ? [] : [[called, digest]];
      });
    let separator = '\n';
    return {
      begin: (out) => out.text(head),
      refusal(batch, index) {
        if (!recordName(batch, index).exact) return 'its name is not UTF-8, which this format cannot write';
        return digestsOf(batch, index).length > 0 ? undefined : 'it has no digest that in-toto has a name for';
      },
      record(out, batch, index) {
        const { text, exact } = recordName(batch, index);
        const digests = digestsOf(batch, index);
        if (!exact || digests.length === 0) return;
        const subject = { name: text, digest: Object.fromEntries(digests) };
        out.text(separator);
        out.text(escapeControlsInJson(JSON.stringify(subject)));
        separator = ',\n';
      },
      end: (out) => out.text('\n]}\n'),
    };
  },
};
