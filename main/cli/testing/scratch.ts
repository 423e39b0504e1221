/** A folder of real files for a test, and the programs to compare with. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export class Scratch {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'hashlane-files-'));

  at(...segments: string[]): string {
    return path.join(this.folder, ...segments);
  }

  /** Writes a file, with its folders. A name given as characters up to U+00FF stands for these bytes. */
  file(name: string, contents: string | Uint8Array = Buffer.from(name, 'latin1')): void {
    const whole = Buffer.concat([Buffer.from(`${this.folder}/`), Buffer.from(name, 'latin1')]);
    mkdirSync(whole.subarray(0, whole.lastIndexOf(0x2f)), { recursive: true });
    writeFileSync(whole, contents);
  }

  /** Runs a shell command in the folder; returns what it printed, byte for character. */
  shell(command: string): string {
    const { stdout, stderr, status } = spawnSync('sh', ['-c', command], { cwd: this.folder, encoding: 'latin1' });
    if (status !== 0) throw new Error(`${command}: status ${status}\n${stdout}${stderr}`);
    return stdout;
  }

  /** Writes `file` below `depth` folders called `segment`: step by step, for the whole path may be too long to name. */
  deepFile(segment: string, depth: number, contents: string): void {
    const steps = `const { mkdirSync, writeFileSync } = require('node:fs');
      for (let n = 0; n < ${depth}; n++) { mkdirSync('${segment}'); process.chdir('${segment}'); }
      writeFileSync('file', '${contents}');`;
    const { status } = spawnSync(process.execPath, ['-e', steps], { cwd: this.folder });
    if (status !== 0) throw new Error(`could not make ${depth} folders`);
  }

  remove(): void {
    // Reaches paths that are too long for one system call, which Node's own does not.
    spawnSync('rm', ['-rf', this.folder]);
  }
}

/** Whether this machine has `program`. */
export function hasProgram(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}
