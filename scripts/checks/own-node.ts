/**
 * Tests run on the project's Node; people run the command on theirs, which may be older. One job
 * through the shipped bundle and the addon on the machine's own Node shows that both load there.
 */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { findProgram, fromRoot, projectNode } from '../setup/paths.mjs';
import type { Outcome } from './outcome.ts';

export async function commandOnOwnNode(): Promise<Outcome> {
  const own = findProgram('node');
  const versionOf = (node: string) => execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  if (!own) return { kind: 'skipped', reason: 'this machine has no Node of its own' };
  if (versionOf(own) === versionOf(projectNode()))
    return { kind: 'skipped', reason: `it is ${versionOf(own)}, as in the other tests` };
  const content = 'Hashlane on the Node of this machine';
  const expected = { md5: hex('md5', content), sha256: hex('sha256', content) };
  try {
    const args = [fromRoot('dist', 'cli', 'hashlane.js'), 'hash', '-a', 'md5,sha256', '--format', 'jsonl', '-'];
    const output = execFileSync(own, args, { encoding: 'utf8', input: content, timeout: 30_000 });
    const { digests } = JSON.parse(output);
    const right = digests.md5 === expected.md5 && digests.sha256 === expected.sha256;
    return { kind: 'ran', passed: right ? 1 : 0, failed: right ? 0 : 1, skipped: 0, output };
  } catch (error) {
    return { kind: 'ran', passed: 0, failed: 1, skipped: 0, output: String(error) };
  }
}

const hex = (algorithm: string, content: string) => createHash(algorithm).update(content).digest('hex');
