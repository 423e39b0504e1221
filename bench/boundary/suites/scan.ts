/**
 * What a scan of many small files costs the main process: the time of its JavaScript thread that calls, batches and
 * progress take, and how late its event loop becomes. The command's web host and the app in Electron, as they ship.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { smallFiles } from '../../corpora/corpora.ts';
import type { Corpus } from '../../corpora/corpus.ts';
import { median } from '../../measuring/statistics.ts';
import { ElectronApp, reasonForNoElectron } from '../product/electron-app.ts';
import { MainProbe, type Stretch } from '../product/main-probe.ts';
import { ServedHost } from '../product/web-host.ts';
import { WebWindow } from '../product/web-window.ts';
import type { Row, Setting, Suite } from '../suite.ts';

/** Long enough that what comes by chance is seen, and short enough for many rounds. */
const idleMs = 500;

/** A product that scans. */
interface Scanner {
  readonly name: string;
  readonly probe: MainProbe;
  /** Resolves when every row is in the window; the milliseconds that the job itself took. */
  scan(): Promise<number>;
  close(): Promise<void>;
}

interface Scan {
  readonly jobMs: number;
  readonly cost: Stretch;
  readonly idle: Stretch;
}

const idling = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, idleMs));

async function servedScanner(corpus: Corpus, scratch: string): Promise<Scanner> {
  const host = await ServedHost.start(scratch);
  const window = await WebWindow.open(host.address);
  return {
    name: 'web host',
    probe: await MainProbe.install(host.inspector),
    async scan() {
      const { id, totals } = await window.hash(corpus.folder, ['sha256']);
      if (window.table.count !== corpus.files || totals.ok !== corpus.files) throw new Error('Rows are missing');
      await window.forget(id);
      return totals.elapsedMs;
    },
    async close() {
      window.close();
      await host.close();
    },
  };
}

async function electronScanner(corpus: Corpus, scratch: string): Promise<Scanner> {
  const app = await ElectronApp.start(scratch);
  return {
    name: 'Electron',
    probe: await MainProbe.install(app.main),
    scan: () => app.hash(corpus.folder, corpus.files),
    close: () => app.close(),
  };
}

/** What is left of a time once what the process does by itself is taken off, in percent of the job. */
function share({ jobMs, cost, idle }: Scan, time: (stretch: Stretch) => number): number {
  return (100 * (time(cost) - (time(idle) * cost.wallMs) / idle.wallMs)) / jobMs;
}

async function rowsOf(scanner: Scanner, rounds: number, note: string): Promise<Row[]> {
  const { name, probe } = scanner;
  const scans: Scan[] = [];
  const delays: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    let jobMs = 0;
    const idle = await probe.during(idling);
    const cost = await probe.during(async () => {
      jobMs = await scanner.scan();
    });
    const { p99 } = await probe.delayDuring(() => scanner.scan());
    if (round === 0) continue;
    scans.push({ jobMs, cost, idle });
    delays.push(p99);
  }
  const rows: Row[] = [];
  const add = (what: string, unit: Row['unit'], values: number[], most: number, text: string, about: string): void => {
    const reached = median(values);
    rows.push({
      what: `scan/${name}, ${what}`,
      per: 'job',
      unit,
      ours: { name: 'Hashlane', rounds: values },
      plain: [],
      bar: { text, value: reached, met: reached < most },
      note: `${about}${note}`,
    });
  };
  const text = "under 2 % of the main process's time";
  if (scans.every(({ cost }) => cost.processorMs !== null)) {
    const values = scans.map((scan) => share(scan, ({ processorMs }) => processorMs!));
    add(
      'processor time of the JavaScript thread',
      '%',
      values,
      2,
      text,
      'Calls, batches and stats; idle time taken off.',
    );
  }
  // Electron's loop is not the one that this is counted in: it reads 0 there, idle or not.
  if (scans.some(({ cost }) => cost.activeMs > 0)) {
    const values = scans.map((scan) => share(scan, ({ activeMs }) => activeMs));
    const about = 'Holds also what others on the processor took while the loop was at work.';
    add('eventLoopUtilization', '%', values, 2, text, about);
  }
  const about = 'The slowest of all ticks where there are fewer than 100; monitorEventLoopDelay every 10 ms.';
  add('delay of the event loop, 99th percentile', 'ms', delays, 20, 'under 20 ms', about);
  return rows;
}

async function run({ rounds, quick, scratch }: Setting): Promise<readonly Row[]> {
  const corpus = smallFiles(quick ? 10_000 : 100_000);
  const noElectron = reasonForNoElectron();
  const made = [servedScanner, ...(noElectron === null ? [electronScanner] : [])];
  const rows: Row[] = [];
  for (const make of made) {
    const folder = path.join(scratch, make.name);
    mkdirSync(folder);
    const scanner = await make(corpus, folder);
    try {
      rows.push(...(await rowsOf(scanner, rounds, noElectron === null ? '' : ` Electron is left out: ${noElectron}.`)));
    } finally {
      await scanner.close();
    }
  }
  return rows;
}

export const scan: Suite = {
  name: 'scan',
  about: 'what a scan of 100,000 small files costs the main process, batches and progress shown',
  run,
};
