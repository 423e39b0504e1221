/** Electron's fuses, read back from the program and compared with what electron-builder.yml asks for. */
import { readFileSync } from 'node:fs';
import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';
import { parse } from 'yaml';
import { fromRoot } from '../../setup/paths.mjs';

export async function checkFuses(program: string) {
  const wanted: Record<string, boolean> = parse(readFileSync(fromRoot('electron-builder.yml'), 'utf8')).electronFuses;
  const wire = await getCurrentFuseWire(program);
  const wrong = Object.entries(wanted).filter(
    ([name, on]) => wire[fuse(name)] !== (on ? FuseState.ENABLE : FuseState.DISABLE),
  );
  if (wrong.length > 0) throw new Error(`Not as configured: ${wrong.map(([name]) => name).join(', ')}`);
  return `${Object.keys(wanted).length} as configured`;
}

/** `runAsNode` here is `RunAsNode` there. */
function fuse(name: string): FuseV1Options {
  const option = FuseV1Options[(name.charAt(0).toUpperCase() + name.slice(1)) as keyof typeof FuseV1Options];
  if (option === undefined) throw new Error(`@electron/fuses knows no ${name}`);
  return option;
}

/** Playwright attaches by --inspect, which what ships ignores. For copies that nobody else gets. */
export async function letTestsAttach(program: string) {
  await flipFuses(program, {
    version: FuseVersion.V1,
    // macOS starts nothing whose signature is not that of its bytes.
    resetAdHocDarwinSignature: process.platform === 'darwin',
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}
