/** What a check came to, and how it is counted. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { at } from '../setup/places.mjs';
import { CommandFailed, run } from '../setup/run.mjs';

/**
 * @typedef {{ kind: 'ran', passed: number, failed: number, skipped: number, output: string }
 *   | { kind: 'skipped', reason: string }} Outcome
 */

/**
 * All outcomes as one.
 * @param {readonly Outcome[]} outcomes
 * @returns {Outcome}
 */
export function sum(outcomes) {
  const ran = outcomes.filter((outcome) => outcome.kind === 'ran');
  const total = (/** @type {'passed' | 'failed' | 'skipped'} */ count) =>
    ran.reduce((all, outcome) => all + outcome[count], 0);
  return {
    kind: 'ran',
    passed: total('passed'),
    failed: total('failed'),
    skipped: total('skipped'),
    output: ran.map(({ output }) => output).join(''),
  };
}

/**
 * Runs a program that succeeds or fails.
 * @param {string} command @param {readonly string[]} args
 * @returns {Promise<Outcome>}
 */
export async function verdict(command, args) {
  const { ok, output } = await attempt(command, args);
  return { kind: 'ran', passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, output };
}

/**
 * Runs a test runner and counts by the report it writes. A runner that fails without naming a
 * failed test (it could not start, or left no report) counts as one failure.
 * @param {string} command @param {readonly string[]} args
 * @param {{ report: string, env?: NodeJS.ProcessEnv, count: (report: string) => { passed: number, failed: number, skipped: number } }} options
 * @returns {Promise<Outcome>}
 */
export async function counted(command, args, { report, env, count }) {
  mkdirSync(path.dirname(at(report)), { recursive: true });
  rmSync(at(report), { force: true });
  const { ok, output } = await attempt(command, args, env);
  try {
    const { passed, failed, skipped } = count(readFileSync(at(report), 'utf8'));
    return { kind: 'ran', passed, failed: ok ? failed : Math.max(failed, 1), skipped, output };
  } catch (error) {
    return { kind: 'ran', passed: 0, failed: 1, skipped: 0, output: `${output}\nNo report to count by: ${error}` };
  }
}

/** @param {string} command @param {readonly string[]} args @param {NodeJS.ProcessEnv} [env] */
async function attempt(command, args, env = process.env) {
  try {
    return { ok: true, output: await run(command, args, { env }) };
  } catch (error) {
    if (error instanceof CommandFailed) return { ok: false, output: error.output };
    return { ok: false, output: String(error) };
  }
}
