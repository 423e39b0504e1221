/**
 * Puts measured figures into docs/performance.md, so that none is ever typed by hand:
 *
 *     npm run bench -- --json peers.json && npm run bench:report -- --peers peers.json
 *     npm run bench:js-native -- --json figures.json && npm run bench:report -- --measurements figures.json
 *     build/bench-tools/io_uring_bench LIST > io.json && npm run bench:report -- --io io.json
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fromRoot } from '../scripts/setup/paths.mjs';
import { ioReport, ioSection } from './documents/io-section.ts';
import { replaceMarked } from './documents/marked.ts';
import { measurementsSection } from './documents/measurements-section.ts';
import { peersSection } from './documents/peers-section.ts';
import { measurements } from './measuring/report.ts';
import { report } from './peers/results.ts';

const file = { type: 'string' } as const;
const { values } = parseArgs({ options: { peers: file, measurements: file, io: file } });
if (Object.keys(values).length === 0) {
  process.stderr.write('npm run bench:report -- [--peers FILE] [--measurements FILE] [--io FILE]\n');
  process.exit(2);
}

const json = (name: string): unknown => JSON.parse(readFileSync(name, 'utf8'));
const target = fromRoot('docs', 'performance.md');
let text = readFileSync(target, 'utf8');
if (values.peers) text = replaceMarked(text, 'peers', peersSection(report.parse(json(values.peers))));
if (values.measurements) {
  const measured = measurements.parse(json(values.measurements));
  text = replaceMarked(text, measured.group, measurementsSection(measured));
}
if (values.io) text = replaceMarked(text, 'io', ioSection(ioReport.parse(json(values.io))));
writeFileSync(target, text);
