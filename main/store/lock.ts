/**
 * Who writes a journal holds a lock beside it: a Unix socket that the process listens on, in the folder
 * `<journal>.lock` (Windows: a named pipe). The system closes it when the process ends, however it ends, so that a
 * connection tells whether the owner lives; and it tells so across pid and network namespaces, where process ids and
 * abstract sockets tell nothing: a container may share the folder.
 *
 * Each contender has a socket of a name of its own, so that nobody ever takes away what another one just made. It
 * asks all others: one that holds the lock says so, and of those who contend the one whose name sorts first goes on.
 *
 * Where no socket can be made (a stick with FAT, some network file systems) the lock is a file that names its owner:
 * machine, boot, pid namespace, pid and start of the process. Of an owner in another namespace or on another machine
 * nothing is known; it counts as living.
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { systemCode } from '../base/system-error.ts';

export interface Lock {
  /** Gives it back. Never rejects. */
  release(): Promise<void>;
}

/** `holds`: the lock is its; `contends`: it asks for it just now; `gone`: nobody is behind it. */
type Answer = 'holds' | 'contends' | 'gone';

/** Characters of the name of a contender's file. */
export const lockNameLength = 12;

const questionMs = 10;

/** The lock of the journal at `file`, or null while another process (or this one) holds it. Throws the system's error. */
export async function takeLock(file: string): Promise<Lock | null> {
  if (process.platform === 'win32') return takePipe(pipeOf(file));
  const folder = lockOf(file);
  const own = { answer: 'contends' as Answer };
  const name = randomBytes(lockNameLength / 2).toString('hex');
  const server = await enter(folder, name, own);
  const lock: Lock = {
    async release() {
      rmSync(path.join(folder, name), { force: true });
      server?.close();
      leave(folder);
    },
  };
  for (const other of readdirSync(folder)) {
    if (other === name) continue;
    let answer = await ask(path.join(folder, other));
    // It has looked before we came, and will hold the lock; or it will see us, and go.
    while (answer === 'contends' && name < other) {
      await delay(questionMs);
      answer = await ask(path.join(folder, other));
    }
    if (answer === 'gone') {
      rmSync(path.join(folder, other), { force: true });
      continue;
    }
    await lock.release();
    return null;
  }
  own.answer = 'holds';
  return lock;
}

/** Whether somebody holds the lock of the journal at `file`. */
export async function isLocked(file: string): Promise<boolean> {
  if (process.platform === 'win32') return (await ask(pipeOf(file))) !== 'gone';
  const folder = lockOf(file);
  for (const name of namesIn(folder)) if ((await ask(path.join(folder, name))) !== 'gone') return true;
  return false;
}

/** Removes what a lock that nobody holds has left. */
export function removeLock(file: string): void {
  if (process.platform !== 'win32') rmSync(lockOf(file), { recursive: true, force: true });
}

const lockOf = (file: string): string => `${file}.lock`;

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Makes this process's own socket, or file, in the folder. */
async function enter(folder: string, name: string, own: { readonly answer: Answer }): Promise<Server | null> {
  for (let attempt = 0; ; attempt++) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const server = await listen(path.join(folder, name), own);
    if (server !== null) return server;
    try {
      writeFileSync(path.join(folder, name), describeOwner(), { flag: 'wx', mode: 0o600 });
      return null;
    } catch (error) {
      // Another one has left, and taken the folder along.
      if (systemCode(error) !== 'ENOENT' || attempt === 9) throw error;
    }
  }
}

/** The folder goes with the last one in it. */
function leave(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Others are in it, or it is gone.
  }
}

/** A socket's path may have some hundred bytes; by way of its folder's descriptor it is short (Linux). */
function shortPath(socket: string): { readonly path: string; close(): void } {
  if (Buffer.byteLength(socket) < 90 || process.platform !== 'linux') return { path: socket, close: () => undefined };
  const folder = openSync(path.dirname(socket), 'r');
  return { path: `/proc/self/fd/${folder}/${path.basename(socket)}`, close: () => closeSync(folder) };
}

function listen(socket: string, own: { readonly answer: Answer }): Promise<Server | null> {
  return new Promise((resolve) => {
    const server = createServer((peer) => {
      peer.on('error', () => undefined);
      peer.end(own.answer);
    });
    const short = shortPath(socket);
    server.once('error', () => {
      short.close();
      resolve(null);
    });
    server.listen(short.path, () => {
      short.close();
      server.unref();
      resolve(server);
    });
  });
}

/** What cannot be told, such as a socket of another user, counts as held. */
function ask(socket: string): Promise<Answer> {
  return new Promise((resolve) => {
    let short: ReturnType<typeof shortPath>;
    try {
      short = shortPath(socket);
    } catch {
      resolve('gone');
      return;
    }
    const connection = connect(short.path);
    let said = '';
    connection.on('data', (text) => {
      said += String(text);
    });
    connection.once('close', () => {
      short.close();
      resolve(failure ?? (said === 'contends' ? 'contends' : 'holds'));
    });
    let failure: Answer | undefined;
    connection.once('error', (error) => {
      const code = systemCode(error);
      if (code === 'ENOENT') failure = 'gone';
      else if (code === 'ECONNREFUSED') failure = isOwnerAlive(socket) ? 'holds' : 'gone';
      else failure = 'holds';
    });
  });
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Boot, pid namespace, pid and start time of this process, a line each; `-` where the system does not say. */
function describeOwner(): string {
  return [hostname(), bootId(), pidNamespace(), process.pid, startTime(process.pid)]
    .map((part) => part || '-')
    .join('\n');
}

const bootId = (): string => readText('/proc/sys/kernel/random/boot_id').trim();

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

/** Ticks since the boot; the command's name, in parentheses, may hold anything. */
function startTime(pid: number | string): string {
  return readText(`/proc/${pid}/stat`).replace(/^.*\)/s, '').trim().split(' ')[19] ?? '';
}

/** Of a lock that is a file; a socket that nobody listens on has no text. */
function isOwnerAlive(file: string): boolean {
  const [host, boot, namespace, pid, started] = readText(file).split('\n');
  if (pid === undefined || started === undefined) return false;
  if (host !== hostname()) return true;
  if (boot !== (bootId() || '-')) return false;
  if (namespace !== (pidNamespace() || '-')) return true;
  if (started !== '-') return startTime(pid) === started;
  try {
    return process.kill(Number(pid), 0);
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

const pipeOf = (file: string): string =>
  `\\\\.\\pipe\\hashlane-${createHash('sha256').update(path.resolve(file).toLowerCase()).digest('hex').slice(0, 40)}`;

async function takePipe(pipe: string): Promise<Lock | null> {
  const server = await listen(pipe, { answer: 'holds' });
  return server === null ? null : { release: async () => void server.close() };
}
