/** What Linux's software centres show of the product, with its version and address filled in. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { at } from '../scripts/setup/places.mjs';

function metainfo({ version, homepage, time }: { version: string; homepage: string; time: Date }) {
  return readFileSync(at('packaging', 'linux', 'metainfo.xml'), 'utf8')
    .replace('@VERSION@', version)
    .replace('@HOMEPAGE@', homepage)
    .replace('@DATE@', time.toISOString().slice(0, 10));
}

export function writeMetainfo(facts: { version: string; homepage: string; time: Date }) {
  mkdirSync(at('build', 'linux'), { recursive: true });
  writeFileSync(at('build', 'linux', 'app.hashlane.Hashlane.metainfo.xml'), metainfo(facts));
}
