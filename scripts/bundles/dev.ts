/**
 * Bundles anew whatever changes, and serves the app to a browser meanwhile: `npm run dev -- [PATH…]`. A change in main or
 * shared starts the host again, with a new address; one in the window is there after a reload. The engine is built anew
 * by the next `npm run build`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { build, type InlineConfig, type Rolldown } from 'vite';
import { fromRoot } from '../setup/paths.mjs';
import { bundles } from './bundles.mjs';
import { configurations } from './configurations.ts';

let host: ChildProcess | undefined;

async function restart(): Promise<void> {
  if (host?.exitCode === null && host.signalCode === null) {
    host.kill('SIGTERM');
    await once(host, 'exit');
  }
  const args = [fromRoot(bundles.cli.output), 'serve', '--no-open', '--', ...process.argv.slice(2)];
  host = spawn(process.execPath, args, { stdio: 'inherit' });
}

/** Resolves once it is built for the first time. The host finds the last build while the next one is written. */
async function watch(configuration: InlineConfig, built?: () => Promise<void>): Promise<void> {
  const watcher = await build({ ...configuration, build: { ...configuration.build, watch: {}, emptyOutDir: false } });
  await new Promise<void>((resolve) => {
    (watcher as Rolldown.RolldownWatcher).on('event', (event) => {
      if (event.code === 'END') void (built?.() ?? Promise.resolve()).then(resolve);
      if (event.code === 'ERROR') process.stderr.write(`${event.error.message}\n`);
    });
  });
}

process.on('exit', () => host?.kill('SIGTERM'));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));
for (const configuration of configurations.renderer) await watch(configuration);
for (const configuration of configurations.cli) await watch(configuration, restart);
