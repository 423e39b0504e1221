/** The command as it lies in a Linux system: program, manual, completions, licences, service, cluster files. */
import { copyFileSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { fromRoot } from '../../scripts/setup/paths.mjs';
import { completionScripts } from './completions.ts';
import { makeProgram, programFile } from './program.ts';

export const libraryFolder = 'usr/lib/hashlane';

const packed = (text: Uint8Array): Uint8Array => gzipSync(text, { level: 9 });

/** Manual and completions, by their paths below the root of the system. */
export function referenceFiles(): Record<string, string | Uint8Array> {
  const manual = packed(readFileSync(fromRoot('packaging/man/hashlane.1')));
  return { 'usr/share/man/man1/hashlane.1.gz': manual, ...completionScripts() };
}

/** Fills `root`, which is empty. `standIn`: see `makeProgram`. `licences`: a folder with the files of `licenceFiles`. */
export async function makeTree(root: string, licences: string, standIn?: string): Promise<void> {
  const at = (name: string): string => {
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    return file;
  };
  await makeProgram(path.join(root, libraryFolder), standIn);
  symlinkSync(`../lib/hashlane/${programFile}`, at('usr/bin/hashlane'));
  for (const [file, content] of Object.entries(referenceFiles())) writeFileSync(at(file), content);
  copyFileSync(fromRoot('packaging/linux/systemd/hashlane@.service'), at('usr/lib/systemd/system/hashlane@.service'));
  cpSync(fromRoot('packaging/cluster'), at('usr/share/hashlane/cluster'), { recursive: true });
  const doc = 'usr/share/doc/hashlane-cli';
  copyFileSync(path.join(licences, 'LICENSE.txt'), at(`${doc}/copyright`));
  writeFileSync(
    at(`${doc}/THIRD-PARTY-NOTICES.gz`),
    packed(readFileSync(path.join(licences, 'THIRD-PARTY-NOTICES.txt'))),
  );
  copyFileSync(path.join(licences, 'hashlane.cdx.json'), at(`${doc}/hashlane.cdx.json`));
  writeFileSync(at(`${doc}/changelog.gz`), packed(readFileSync(fromRoot('CHANGELOG.md'))));
}
