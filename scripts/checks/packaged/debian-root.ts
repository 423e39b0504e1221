/** A fresh Debian or Ubuntu in a folder, of the release of this machine, with nothing in it but the base. */
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findProgram } from '../../setup/paths.mjs';
import { run } from '../../setup/run.mjs';

/** @returns why none can be made here, or null */
export function reasonForNoRoot(): string | null {
  if (process.getuid?.() !== 0) return 'only root can make a system in a folder';
  return findProgram('debootstrap') ? null : 'debootstrap is not installed';
}

export class DebianRoot {
  readonly scratch: string;
  readonly folder: string;
  constructor(scratch: string) {
    this.scratch = scratch;
    this.folder = path.join(scratch, 'root');
  }

  /** Takes about half a minute and 200 MB, all of it in the temporary folder. */
  static async make() {
    const root = new DebianRoot(mkdtempSync(path.join(os.tmpdir(), 'hashlane-root-')));
    try {
      const release = /^VERSION_CODENAME=(.*)$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'stable';
      await run('debootstrap', ['--variant=minbase', release, root.folder]);
      copyFileSync('/etc/resolv.conf', root.at('etc', 'resolv.conf'));
      // What is fetched here lives for minutes: no need to be sure of it on the disk.
      appendFileSync(root.at('etc', 'dpkg', 'dpkg.cfg.d', 'hashlane-check'), 'force-unsafe-io\n');
      return root;
    } catch (error) {
      root.remove();
      throw error;
    }
  }

  at(...segments: string[]) {
    return path.join(this.folder, ...segments);
  }

  /** Runs a program of this system. */
  run(program: string, ...args: string[]) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
    return run('chroot', [this.folder, program, ...args], { env });
  }

  /** Installs a package from a file, with all that it says it needs, and nothing it only recommends. */
  async install(file: string) {
    const name = path.basename(file);
    copyFileSync(file, this.at('tmp', name));
    await this.run('apt-get', 'update');
    await this.run('apt-get', 'install', '-y', '--no-install-recommends', `/tmp/${name}`);
  }

  /**
   * A program that starts another one inside, with this machine's devices and temporary folder. They are mounted where
   * that process and its children alone see them.
   * @param program absolute, inside
   */
  launcher(program: string): string {
    const shared = ['/dev', '/dev/shm', '/proc', '/sys', os.tmpdir()];
    for (const folder of shared) mkdirSync(this.at(folder), { recursive: true });
    const mounts = shared.map((folder) => `mount --bind '${folder}' "$0${folder}"`);
    const file = path.join(this.scratch, 'launch');
    const inner = [...mounts, `exec chroot "$0" ${program} "$@"`].join(' && ');
    writeFileSync(
      file,
      `#!/bin/sh\nexec unshare --mount sh -c '${inner.replaceAll("'", String.raw`'\''`)}' '${this.folder}' "$@"\n`,
    );
    chmodSync(file, 0o755);
    return file;
  }

  remove() {
    rmSync(this.scratch, { recursive: true, force: true });
  }
}
