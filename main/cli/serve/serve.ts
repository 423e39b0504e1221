/** `hashlane serve`: the web host until it is interrupted. */
import { realpath, stat } from 'node:fs/promises';
import { readSettings } from '../../app/system/settings.ts';
import { nameBytes, shownName } from '../../base/raw-names.ts';
import { fileOfError } from '../../base/start-failure.ts';
import { tokenLifetimeMs } from '../../hosts/web/access.ts';
import { startWebHost, type WebHost } from '../../hosts/web/web-host.ts';
import { FailedAttempt } from '../errors.ts';
import { type ExitStatus, exitStatus } from '../exit-status.ts';
import { interrupted } from '../interruption.ts';
import { version } from '../version.ts';
import type { World } from '../world.ts';
import { absolutePath } from './absolute-path.ts';
import { openBrowser } from './browser.ts';
import { dataFolder, folderFor } from './data-folder.ts';

export interface ServeOptions {
  readonly port: number;
  readonly host: string;
  readonly open: boolean;
  readonly socket?: string;
  readonly allowHost?: readonly string[];
  /** Begins with a slash and ends with none. */
  readonly basePath?: string;
  readonly root?: string;
}

export async function serve(paths: readonly string[], options: ServeOptions, world: World): Promise<ExitStatus> {
  for (const name of paths) await refuseMissing(name);
  const root = options.root === undefined ? undefined : await realRoot(options.root);
  const folder = folderFor(root, dataFolder(world.environment));
  const { threads, memoryLimitMiB } = readSettings(folder);
  const engine = world.loadEngine({ memoryLimit: memoryLimitMiB * 2 ** 20, ...(threads === null ? {} : { threads }) });
  try {
    const host = await start(paths, { ...options, ...(root === undefined ? {} : { root }) }, world, engine, folder);
    const at = options.socket === undefined ? '' : ` (socket ${options.socket})`;
    let removePage = (): void => undefined;
    const print = (): Promise<void> =>
      world.output.write(new TextEncoder().encode(`Hashlane is serving at ${host.newAddress()}${at}\n`));
    // Nobody reads any more: there is no one to tell, and the app goes on.
    const stopListening = world.onAddressRequest(() => void print().catch(() => undefined));
    try {
      await print();
      // A browser reaches no socket.
      if (options.open && options.socket === undefined) {
        removePage = openBrowser(host.newAddress(), folder, world.environment);
        setTimeout(removePage, tokenLifetimeMs).unref();
      }
      await interrupted(world.interruption);
    } finally {
      stopListening();
      removePage();
      await host.close();
    }
    // An interruption is how a server is meant to end.
    return exitStatus.ok;
  } finally {
    await engine.close();
  }
}

/** Rejects with FailedAttempt unless it is a folder. */
async function realRoot(name: string): Promise<string> {
  try {
    const real = await realpath(name);
    if ((await stat(real)).isDirectory()) return real;
    throw Object.assign(new Error('it is no folder'), { code: 'ENOTDIR', errno: 0 });
  } catch (error) {
    throw new FailedAttempt(`cannot serve ${shownName(nameBytes(name))}`, error);
  }
}

/** A page that opens without what was named would leave people wondering. */
async function refuseMissing(name: string): Promise<void> {
  try {
    await stat(Buffer.from(nameBytes(name)));
  } catch (error) {
    throw new FailedAttempt(shownName(nameBytes(name)), error);
  }
}

async function start(
  paths: readonly string[],
  { host, port, socket, allowHost, basePath, root }: ServeOptions,
  world: World,
  engine: ReturnType<World['loadEngine']>,
  folder: string,
): Promise<WebHost> {
  try {
    return await startWebHost({
      engine,
      dataFolder: folder,
      port,
      host,
      ...(socket === undefined ? {} : { socket }),
      ...(allowHost === undefined ? {} : { allowedHosts: allowHost }),
      ...(basePath === undefined ? {} : { basePath }),
      ...(root === undefined ? {} : { rootFolder: root }),
      assets: world.assets,
      paths: paths.map((name) => absolutePath(nameBytes(name))),
      version,
    });
  } catch (error) {
    // A port that is taken has no file; assets or a data folder that cannot be had do.
    const file = fileOfError(error);
    const place = socket ?? `${host}, port ${port}`;
    throw new FailedAttempt(file === undefined ? `cannot serve at ${place}` : `cannot use ${file}`, error);
  }
}
