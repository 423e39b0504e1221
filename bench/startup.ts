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
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { electronFacts } from '../packaging/facts.mjs';

const at = (file: string): string => fileURLToPath(new URL(`../${file}`, import.meta.url));

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    app: { type: 'string', default: at('build/packages/linux-unpacked/hashlane') },
    json: { type: 'string' },
  },
});
const scratch = mkdtempSync(path.join(os.tmpdir(), 'hashlane-startup-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

interface Contender {
  readonly name: string;
  readonly program: string;
  /** JavaScript, true once the page can be used. */
  readonly usable: string;
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
  const tool = at('node_modules/electron-builder/cli.js');
  const args = [tool, '--linux', 'dir', '--projectDir', project, '--publish=never', ...settings];
  execFileSync(process.execPath, args, { stdio: ['ignore', process.stderr.fd, process.stderr.fd] });
  return path.join(project, 'dist', 'linux-unpacked', 'empty');
}

/** Milliseconds from the start to the painted, usable page. */
async function startOnce({ name, program, usable }: Contender): Promise<number> {
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const profile = `--user-data-dir=${path.join(scratch, name)}`;
  const began = Date.now();
  const child = spawn(program, [...flags, profile, '--remote-debugging-port=0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    return (await momentOfUse(await debuggerOf(child), usable)) - began;
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
}

async function debuggerOf(child: ChildProcess): Promise<string> {
  const words = child.stderr!;
  try {
    for await (const line of createInterface({ input: words })) {
      const url = /^DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (url) return url;
    }
  } finally {
    // What else it says must go on being read, or it would wait for room.
    words.resume();
  }
  throw new Error(`${child.spawnfile} ended before it could be watched`);
}

/** When the first page became usable, in milliseconds since 1970 by the page's clock. */
function momentOfUse(url: string, usable: string): Promise<number> {
  const expression = `new Promise((tell) => {
    const look = () => ${usable}
      ? requestAnimationFrame(() => setTimeout(() => tell(performance.timeOrigin + performance.now())))
      : setTimeout(look, 2);
    look();
  })`;
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    let id = 0;
    let page: string | undefined;
    const send = (method: string, params: object, sessionId?: string): void => {
      id += 1;
      socket.send(JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) }));
    };
    const ask = (): void => send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }, page);
    socket.onopen = () =>
      send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true });
    socket.onerror = () => reject(new Error('The connection to the page broke'));
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(String(data));
      if (message.method === 'Target.attachedToTarget' && message.params.targetInfo.type === 'page') {
        page = message.params.sessionId;
        ask();
      } else if (message.sessionId === page && page && message.id) {
        const moment = message.result?.result?.value;
        // The first document is replaced by the app's own, and takes the question with it.
        if (typeof moment !== 'number') return void setTimeout(ask, 2);
        socket.close();
        resolve(moment);
      }
    };
  });
}

const contenders: readonly Contender[] = [
  { name: 'empty', program: packEmptyApp(), usable: `document.querySelector('button')` },
  {
    name: 'hashlane',
    program: values.app,
    usable: `[...document.querySelectorAll('button')].some((b) => b.textContent.trim() === 'Add files' && !b.disabled)`,
  },
];
const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!;

const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
for (let round = -1; round < Number(values.rounds); round++) {
  // The one that goes first changes, so that neither always follows the other.
  for (const contender of round % 2 === 0 ? contenders : contenders.toReversed()) {
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
console.log(`Start to a painted, usable window, Electron ${report.electron}, ${report.rounds} rounds in turn, medians`);
for (const [name, list] of times) {
  const range = `${Math.min(...list).toFixed(0)} to ${Math.max(...list).toFixed(0)}`;
  console.log(
    `  ${name.padEnd(10)}${median(list).toFixed(0)} ms (${range})   × ${(median(list) / empty).toFixed(2)} of empty`,
  );
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
