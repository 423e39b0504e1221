/** A terminal of its own around the command: what is typed there is seen by nobody. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encryptedSignify } from '../../tasks/signatures/testing/keys.ts';
import { hasProgram, Scratch } from '../testing/scratch.ts';

const entry = path.resolve(import.meta.dirname, '..', 'entry.ts');
let scratch = new Scratch();
beforeEach(() => {
  scratch = new Scratch();
  scratch.file('locked.sec', encryptedSignify.secretKey);
  scratch.file('SUMS', 'x');
});
afterEach(() => scratch.remove());

const command = () => `"${process.execPath}" "${entry}" sign --key locked.sec SUMS`;

/** Types `text` once the command asks. */
async function typing(text: string): Promise<{ shown: string; status: number | null }> {
  const child = spawn('script', ['-qec', command(), '/dev/null'], { cwd: scratch.folder });
  let shown = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const asked = shown.includes('Passphrase');
    shown += chunk.toString();
    if (!asked && shown.includes('Passphrase')) child.stdin.write(text);
  });
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { shown, status };
}

describe.skipIf(!hasProgram('script'))(
  `a passphrase${hasProgram('script') ? '' : ' (skipped: script is not installed)'}`,
  () => {
    test('that is typed opens the key, and is not shown', async () => {
      const { shown, status } = await typing(`${encryptedSignify.passphrase}\r`);
      expect(shown).toContain('Passphrase of locked.sec: ');
      expect(shown).not.toContain('horse');
      expect({ status, signed: existsSync(scratch.at('SUMS.sig')) }).toEqual({ status: 0, signed: true });
    }, 30_000);

    test('can be corrected while it is typed', async () => {
      expect(await typing(`wrong\u0015correct hörs\u007f\u007f\u007f\u007forse\r`)).toMatchObject({ status: 1 });
      expect(await typing(`wrong\u0015correct hö\u007forse\r`)).toMatchObject({ status: 0 });
    }, 30_000);

    test('is given up with Ctrl+C', async () => {
      expect(await typing('corr\u0003')).toMatchObject({ status: 130 });
      expect(existsSync(scratch.at('SUMS.sig'))).toBe(false);
    }, 30_000);
  },
);

test('without a terminal is not read from anywhere else', () => {
  const { status, stderr } = spawnSync('setsid', ['-w', 'sh', '-c', `echo correct horse | ${command()}`], {
    cwd: scratch.folder,
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toContain('give --passphrase-file');
});
