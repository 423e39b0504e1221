/** Runs other programs and reports progress. All messages go to stderr: stdout is for results. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { onWindows, root } from './paths.mjs';

/** A program that ended with something other than 0; `output` is all it said. */
export class CommandFailed extends Error {
  /** @param {string} command @param {number | null} status @param {string} output */
  constructor(command, status, output) {
    super(`${command} ended with ${status === null ? 'a signal' : `status ${status}`}`);
    this.name = 'CommandFailed';
    this.output = output;
  }
}

/** A reason to stop that needs no stack: something the person can put right. */
export class SetupProblem extends Error {}

/**
 * Runs a program to its end and gives back what it said on both streams.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shown?: boolean }} [options] `shown`: its output goes straight to stderr
 * @returns {Promise<string>}
 */
export function run(command, args, { cwd = root, env = process.env, shown = false } = {}) {
  return new Promise((resolve, reject) => {
    // npm and its like are .cmd files on Windows, which only a shell starts.
    const shell = onWindows && !path.isAbsolute(command);
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], shell });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text) => {
        output += text;
        if (shown) process.stderr.write(text);
      });
    }
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) resolve(output);
      else reject(new CommandFailed([command, ...args].join(' '), status, output));
    });
  });
}

/** @param {number} milliseconds */
export function duration(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/**
 * Does one step and reports it in one line, with its duration.
 * @template Result
 * @param {string} title
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function step(title, work) {
  const started = performance.now();
  process.stderr.write(`${title} … `);
  try {
    const result = await work();
    process.stderr.write(`${duration(performance.now() - started)}\n`);
    return result;
  } catch (error) {
    process.stderr.write('failed\n');
    throw error;
  }
}

/**
 * Reports why set-up stopped and ends the process with 1.
 * @param {unknown} error
 * @returns {never}
 */
export function giveUp(error) {
  if (error instanceof CommandFailed) process.stderr.write(`${error.output}\n${error.message}\n`);
  else if (error instanceof SetupProblem) process.stderr.write(`${error.message}\n`);
  else console.error(error);
  process.exit(1);
}
