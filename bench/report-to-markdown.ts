/**
 * Puts measured figures into docs/performance.md, so that none is ever typed by hand:
 *
 *     npm run bench -- --json peers.json && npm run bench:report -- --peers peers.json
 *     build/bench-tools/io_uring_bench LIST > io.json && npm run bench:report -- --io io.json
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { at } from '../config/setup/places.mjs';
import { ioReport, ioSection } from './documents/io-section.ts';
import { replaceMarked } from './documents/marked.ts';
import { peersSection } from './documents/peers-section.ts';
import { report } from './peers/results.ts';

const { values } = parseArgs({ options: { peers: { type: 'string' }, io: { type: 'string' } } });
if (values.peers === undefined && values.io === undefined) {
  process.stderr.write('npm run bench:report -- [--peers FILE] [--io FILE]\n');
  process.exit(2);
}

const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const target = at('docs', 'performance.md');
let text = readFileSync(target, 'utf8');
if (values.peers) text = replaceMarked(text, 'peers', peersSection(report.parse(json(values.peers))));
if (values.io) text = replaceMarked(text, 'io', ioSection(ioReport.parse(json(values.io))));
writeFileSync(target, text);
