/**
 * What a scan of many small files costs the main process: the time of its JavaScript thread that calls, batches and
 * progress take, and how late its event loop becomes. The command's web host and the app in Electron, driven by their
 * buttons.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ElectronHost } from '../../e2e/world/electron-host.ts';
import { Hashlane } from '../../e2e/world/hashlane.ts';
import type { Host } from '../../e2e/world/host.ts';
import { browse, WebHost } from '../../e2e/world/web-host.ts';
import { installedRuntime, reasonForNoDisplay } from '../../scripts/setup/electron-runtime.mjs';
import { fromRoot } from '../../scripts/setup/paths.mjs';
import { smallFiles } from '../corpora/corpora.ts';
import { median } from '../measuring/statistics.ts';
import type { RowInput, Setting, Suite } from '../measuring/suite.ts';
import { judge } from '../measuring/threshold.ts';
import { installProbe, type Stretch } from './probe.ts';

/** A product that scans, and a look into its main process. */
interface Scanner {
  readonly name: string;
  readonly host: Host;
  begin(): Promise<unknown>;
  end(): Promise<Stretch>;
}

async function served(scratch: string): Promise<Scanner> {
  const probe = fileURLToPath(new URL('./probe.ts', import.meta.url));
  const child = fork(fromRoot('dist', 'cli', 'hashlane.js'), ['serve', '--no-open', '--port', '0'], {
    execArgv: ['--import', probe],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { ...process.env, HASHLANE_BENCH_PROBE: '1', XDG_DATA_HOME: scratch, XDG_CONFIG_HOME: scratch },
  });
  const lines = createInterface({ input: child.stdout! });
  const [line] = (await once(lines, 'line')) as [string];
  const { browser, page } = await browse(/http:\S+/.exec(line)![0]);
  const ask = async (what: string): Promise<unknown> => {
    const answer = once(child, 'message');
    child.send(what);
    return (await answer)[0];
  };
  return {
    name: 'web host',
    host: new WebHost(page, browser, child, scratch),
    begin: () => ask('begin'),
    end: () => ask('end') as Promise<Stretch>,
  };
}

async function inElectron(scratch: string): Promise<Scanner> {
  const host = await ElectronHost.launch({ scratch, paths: [] });
  await host.app.evaluate(installProbe);
  return {
    name: 'Electron',
    host,
    begin: () => host.app.evaluate(() => globalThis.hashlaneProbe!.begin()),
    end: () => host.app.evaluate(() => globalThis.hashlaneProbe!.end()),
  };
}

interface Scan {
  readonly jobMs: number;
  readonly cost: Stretch;
  readonly idle: Stretch;
}

async function scanOnce({ host, begin, end }: Scanner, folder: string, files: number): Promise<Scan> {
  await begin();
  // Long enough that what comes by chance is seen, and short enough for many rounds.
  await host.page.waitForTimeout(500);
  const idle = await end();
  const hashlane = new Hashlane(host);
  await host.addFolder(folder);
  await begin();
  const started = performance.now();
  await hashlane.start();
  await hashlane.finished(120_000);
  const jobMs = performance.now() - started;
  const cost = await end();
  const rows = Number(await hashlane.grid.getAttribute('aria-rowcount')) - 1;
  if (rows !== files) throw new Error(`${rows} rows for ${files} files`);
  await hashlane.button('Clear results').click();
  return { jobMs, cost, idle };
}

/** What is left of a time once what the process does by itself is taken off, in percent of the job. */
const share = ({ jobMs, cost, idle }: Scan, time: (stretch: Stretch) => number): number =>
  (100 * (time(cost) - (time(idle) * cost.wallMs) / idle.wallMs)) / jobMs;

function rowsOf(name: string, scans: readonly Scan[], note: string): RowInput[] {
  const row = (what: string, unit: '%' | 'ms', values: number[], max: number): RowInput => ({
    what: `scan/${name}, ${what}`,
    per: 'job',
    unit,
    ours: { name: 'Hashlane', rounds: values },
    plain: [],
    thresholds: [judge(`under ${max} ${unit}`, median(values), (reached) => reached < max)],
    ...(note && { note }),
  });
  const rows = [
    row(
      'delay of the event loop, 99th percentile',
      'ms',
      scans.map(({ cost }) => cost.delayMs),
      20,
    ),
  ];
  if (scans.every(({ cost }) => cost.processorMs !== null)) {
    const values = scans.map((scan) => share(scan, ({ processorMs }) => processorMs!));
    rows.unshift(row('processor time of the JavaScript thread', '%', values, 2));
  }
  return rows;
}

async function run({ rounds, quick, scratch }: Setting): Promise<RowInput[]> {
  const corpus = smallFiles(quick ? 10_000 : 100_000);
  const runtime = installedRuntime();
  const noElectron = runtime.kind === 'none' ? runtime.reason : reasonForNoDisplay();
  const rows: RowInput[] = [];
  for (const launch of noElectron === null ? [served, inElectron] : [served]) {
    const scanner = await launch(path.join(scratch, launch.name));
    try {
      const scans: Scan[] = [];
      for (let round = 0; round <= rounds; round++) {
        const scan = await scanOnce(scanner, corpus.folder, corpus.files);
        // The first round warms.
        if (round > 0) scans.push(scan);
      }
      rows.push(...rowsOf(scanner.name, scans, noElectron === null ? '' : `Electron is left out: ${noElectron}.`));
    } finally {
      await scanner.host.close();
    }
  }
  return rows;
}

export const scan: Suite = {
  name: 'scan',
  about: 'What a scan of 100,000 small files costs the main process, batches and progress shown.',
  run,
};
