/** What Linux's software centres show of the product, with its version and address filled in. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fromRoot } from '../scripts/setup/paths.mjs';

function metainfo({ version, homepage, time }: { version: string; homepage: string; time: Date }) {
  return readFileSync(fromRoot('packaging', 'linux', 'metainfo.xml'), 'utf8')
    .replace('@VERSION@', version)
    .replace('@HOMEPAGE@', homepage)
    .replace('@DATE@', time.toISOString().slice(0, 10));
}

export function writeMetainfo(facts: { version: string; homepage: string; time: Date }) {
  mkdirSync(fromRoot('build', 'linux'), { recursive: true });
  writeFileSync(fromRoot('build', 'linux', 'app.hashlane.Hashlane.metainfo.xml'), metainfo(facts));
}
