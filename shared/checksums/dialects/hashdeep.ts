/** hashdeep's lists: two lines of heading, comments after `##`, then `size,digest,…,name`. The name goes on to the end. */
import { algorithmCalled } from '../../tables/algorithm-alias.ts';
import type { AlgorithmName } from '../../tables/algorithms.ts';
import type { DialectName, ExpectedDigest } from '../model.ts';
import { asText, comment, type DialectReader, isBlank, malformed, nothing, type Reading } from './dialect.ts';
import { digestFromText } from './digest.ts';

const comma = 0x2c;
const mark = '%%%% ';

export const hashdeepHeading = `${mark}HASHDEEP-`;

export class HashdeepReader implements DialectReader {
  readonly dialect: DialectName = 'hashdeep';
  #columns: readonly (AlgorithmName | null)[] | null = null;

  read(record: Uint8Array): Reading {
    if (isBlank(record)) return nothing;
    if (record[0] === 0x23) return comment;
    if (record[0] === 0x25) return this.#heading(asText(record));
    if (this.#columns === null) return malformed('not-in-dialect');
    const fields: string[] = [];
    let start = 0;
    for (let n = 0; n <= this.#columns.length; n++) {
      const end = record.indexOf(comma, start);
      if (end < 0) return malformed('truncated');
      fields.push(asText(record.subarray(start, end)));
      start = end + 1;
    }
    const [size = '', ...texts] = fields;
    if (!/^\d{1,15}$/.test(size)) return malformed('bad-size');
    if (start === record.length) return malformed('no-name');
    const digests: ExpectedDigest[] = [];
    for (const [index, text] of texts.entries()) {
      const name = this.#columns[index]!;
      if (name === null || text === '') continue;
      const digest = digestFromText(name, text);
      if (digest === null) return malformed('digest-length');
      digests.push(digest);
    }
    if (digests.length === 0) return malformed('no-digest');
    const name = record.slice(start);
    return { kind: 'entry', name, digests, size: Number(size), dialect: 'hashdeep', label: 'hashdeep' };
  }

  #heading(text: string): Reading {
    if (!text.startsWith(mark)) return malformed('not-in-dialect');
    const [size, ...columns] = text.slice(mark.length).split(',');
    if (size !== 'size') return text.startsWith(hashdeepHeading) ? comment : malformed('not-in-dialect');
    if (columns.pop() !== 'filename') return malformed('not-in-dialect');
    this.#columns = columns.map(algorithmCalled);
    return comment;
  }
}
