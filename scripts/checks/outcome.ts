/** What a check came to, and how it is counted. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fromRoot } from '../setup/paths.mjs';
import { CommandFailed, run } from '../setup/run.mjs';

export type Outcome =
  | { kind: 'ran'; passed: number; failed: number; skipped: number; output: string }
  | { kind: 'skipped'; reason: string };

/** All outcomes as one. */
export function sum(outcomes: readonly Outcome[]): Outcome {
  const ran = outcomes.filter((outcome) => outcome.kind === 'ran');
  const total = (count: 'passed' | 'failed' | 'skipped') => ran.reduce((all, outcome) => all + outcome[count], 0);
  return {
    kind: 'ran',
    passed: total('passed'),
    failed: total('failed'),
    skipped: total('skipped'),
    output: ran.map(({ output }) => output).join(''),
  };
}

/** Runs a program that succeeds or fails. */
export async function verdict(command: string, args: readonly string[]): Promise<Outcome> {
  const { ok, output } = await attempt(command, args);
  return { kind: 'ran', passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, output };
}

/**
 * Runs a test runner and counts by the report it writes. A runner that fails without naming a
 * failed test (it could not start, or left no report) counts as one failure.
 */
export async function counted(
  command: string,
  args: readonly string[],
  {
    report,
    env,
    count,
  }: {
    report: string;
    env?: NodeJS.ProcessEnv;
    count: (report: string) => { passed: number; failed: number; skipped: number };
  },
): Promise<Outcome> {
  mkdirSync(path.dirname(fromRoot(report)), { recursive: true });
  rmSync(fromRoot(report), { force: true });
  const { ok, output } = await attempt(command, args, env);
  try {
    const { passed, failed, skipped } = count(readFileSync(fromRoot(report), 'utf8'));
    return { kind: 'ran', passed, failed: ok ? failed : Math.max(failed, 1), skipped, output };
  } catch (error) {
    return { kind: 'ran', passed: 0, failed: 1, skipped: 0, output: `${output}\nNo report to count by: ${error}` };
  }
}

async function attempt(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  try {
    return { ok: true, output: await run(command, args, { env }) };
  } catch (error) {
    if (error instanceof CommandFailed) return { ok: false, output: error.output };
    return { ok: false, output: String(error) };
  }
}
