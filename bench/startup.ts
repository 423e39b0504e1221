/**
 * From the start of the program to a window that can be used, painted: the packaged app against an empty app packaged
 * around the same Electron, in turn, several rounds.
 *
 *     npm run dist -- --linux dir
 *     xvfb-run -a npm run bench:startup -- [--rounds N] [--app PROGRAM] [--json FILE]
 *
 * Prints medians and their ratio. The first round fills the page cache and the profiles and is not counted. Time ends
 * when the page's own clock says that the frame with an enabled button was handed over.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { electronFacts } from '../packaging/facts.ts';
import { fromRoot } from '../scripts/setup/paths.mjs';
import { rotate } from './measuring/rounds.ts';
import { median } from './measuring/statistics.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    app: { type: 'string', default: fromRoot('build/packages/linux-unpacked/hashlane') },
    json: { type: 'string' },
  },
});
const scratch = mkdtempSync(path.join(os.tmpdir(), 'hashlane-startup-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

interface Contender {
  readonly name: string;
  readonly program: string;
  /** The button that has to be there and enabled. */
  readonly button: string;
}

/** An app with one window and one button in it. */
function packEmptyApp(): string {
  const project = path.join(scratch, 'empty');
  mkdirSync(project);
  const files = {
    'package.json': JSON.stringify({ name: 'empty', version: '1.0.0', main: 'main.js', description: '', author: 'x' }),
    'main.js': `const { app, BrowserWindow } = require('electron');
      app.whenReady().then(() => {
        const window = new BrowserWindow({ width: 1180, height: 760, show: false });
        window.once('ready-to-show', () => window.show());
        window.loadFile('index.html');
      });`,
    'index.html': '<!doctype html><title>Empty</title><button>Empty</button>',
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(project, name), content);
  const { version, folder } = electronFacts();
  const settings = [`-c.electronVersion=${version}`, ...(folder ? [`-c.electronDist=${folder}`] : [])];
  const tool = fromRoot('node_modules/electron-builder/cli.js');
  const args = [tool, '--linux', 'dir', '--projectDir', project, '--publish=never', ...settings];
  execFileSync(process.execPath, args, { stdio: ['ignore', process.stderr.fd, process.stderr.fd] });
  return path.join(project, 'dist', 'linux-unpacked', 'empty');
}

/** Milliseconds from the start to the painted, usable page. */
async function startOnce({ name, program, button }: Contender): Promise<number> {
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const profile = `--user-data-dir=${path.join(scratch, name)}`;
  const began = Date.now();
  const child = spawn(program, [...flags, profile, '--remote-debugging-port=0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    // What a packaged app lets in: pages, and not its main process.
    const browser = await chromium.connectOverCDP(await debuggerOf(child));
    const [context] = browser.contexts();
    const page = context!.pages()[0] ?? (await context!.waitForEvent('page'));
    const painted = await page.waitForFunction(paintedAt, button, { polling: 'raf' });
    return (await painted.jsonValue()) - began;
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
}

/** In the page: when the frame after the button became usable was handed over, milliseconds since 1970; 0 before. */
function paintedAt(button: string): number | Promise<number> {
  const found = [...document.querySelectorAll('button')].find((one) => one.textContent.trim() === button);
  if (!found || found.disabled) return 0;
  return new Promise((resolve) =>
    requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now()))),
  );
}

async function debuggerOf(child: ChildProcess): Promise<string> {
  const errors = child.stderr!;
  try {
    for await (const line of createInterface({ input: errors })) {
      const url = /^DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (url) return url;
    }
  } finally {
    // What else it says must go on being read, or it would wait for room.
    errors.resume();
  }
  throw new Error(`${child.spawnfile} ended before it could be watched`);
}

const contenders: readonly Contender[] = [
  { name: 'empty', program: packEmptyApp(), button: 'Empty' },
  { name: 'hashlane', program: values.app, button: 'Add files' },
];

const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
for (let round = -1; round < Number(values.rounds); round++) {
  // The one that goes first changes, so that neither always follows the other.
  for (const contender of rotate(contenders, round + 1)) {
    const milliseconds = await startOnce(contender);
    if (round >= 0) times.get(contender.name)!.push(milliseconds);
  }
}

const empty = median(times.get('empty')!);
const report = {
  rounds: Number(values.rounds),
  electron: electronFacts().version,
  medians: Object.fromEntries([...times].map(([name, list]) => [name, median(list)])),
  ratio: median(times.get('hashlane')!) / empty,
};
console.log(`Start to a painted, usable window, Electron ${report.electron}, ${report.rounds} rounds, medians`);
for (const [name, list] of times) {
  const range = `${Math.min(...list).toFixed(0)} to ${Math.max(...list).toFixed(0)}`;
  console.log(
    `  ${name.padEnd(10)}${median(list).toFixed(0)} ms (${range})   × ${(median(list) / empty).toFixed(2)} of empty`,
  );
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
