/** The checksum files, checked by programs that share no code with who wrote them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { addBillOfMaterials, writeChecksums } from '../../../packaging/checksums.ts';
import { artefacts, packagesFolder } from '../../../packaging/packages.ts';
import { run } from '../../setup/run.mjs';

export async function checkChecksums() {
  const names = [...artefacts(), addBillOfMaterials(packagesFolder)];
  await writeChecksums(packagesFolder, names);
  for (const [file, program] of [
    ['SHA256SUMS', 'sha256sum'],
    ['B3SUMS', 'b3sum'],
  ]) {
    await run(program ?? '', ['--check', file ?? ''], { cwd: packagesFolder });
    const listed = readFileSync(path.join(packagesFolder, file ?? ''), 'utf8')
      .trim()
      .split('\n');
    if (listed.length !== names.length) throw new Error(`${file} lists ${listed.length} files of ${names.length}`);
  }
  return `${names.length} artefacts`;
}
