/**
 * What Diagnostics costs: processor time of the whole browser and of the host, with the panel open against closed,
 * at rest and during a job. Processor time, not time: what else the machine does changes it little.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { Files } from '../../e2e/world/files.ts';
import { Hashlane } from '../../e2e/world/hashlane.ts';
import { browse, serveFrom, WebHost } from '../../e2e/world/web-host.ts';
import { rotate } from '../measuring/rounds.ts';
import { median } from '../measuring/statistics.ts';
import type { RowInput, Setting, Suite } from '../measuring/suite.ts';
import { judge } from '../measuring/threshold.ts';

const maxPercent = 1;
/** Linux counts processor time in hundredths of a second. */
const ticksPerSecond = 100;

interface Seconds {
  readonly browser: number;
  readonly host: number;
}

type Measure = () => Promise<Seconds>;
type Rounds = Record<'open' | 'closed', Seconds[]>;

/** Processor seconds of a process since it began: fields 14 and 15 of its line, counted behind the name. */
function hostSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Shares of a core in percent while the panel is open and while it is closed, in turn. */
async function openAndClosed(hashlane: Hashlane, measure: Measure, { rounds, quick }: Setting): Promise<Rounds> {
  const seconds = quick ? 3 : 10;
  const shares: Rounds = { open: [], closed: [] };
  let isOpen = false;
  for (let round = 0; round <= rounds; round++) {
    for (const state of rotate(['closed', 'open'] as const, round)) {
      if (isOpen !== (state === 'open')) await hashlane.button('Diagnostics').click();
      isOpen = state === 'open';
      // Opening has its price once; what is measured is staying open.
      await delay(3_000);
      const before = await measure();
      const began = performance.now();
      await delay(seconds * 1e3);
      const after = await measure();
      const share = 100 / ((performance.now() - began) / 1e3);
      // The first round warms.
      if (round === 0) continue;
      shares[state].push({
        browser: (after.browser - before.browser) * share,
        host: (after.host - before.host) * share,
      });
    }
  }
  if (isOpen) await hashlane.button('Diagnostics').click();
  return shares;
}

function row(what: string, who: keyof Seconds, { open, closed }: Rounds, limited: boolean, note: string): RowInput {
  const opened = open.map((seconds) => seconds[who]);
  const plain = closed.map((seconds) => seconds[who]);
  const more = median(opened.map((value, round) => value - plain[round]!));
  return {
    what: `panel/${what}, ${who}`,
    per: 'core',
    unit: '%',
    ours: { name: 'open', rounds: opened },
    plain: [{ name: 'closed', rounds: plain }],
    ...(limited && {
      thresholds: [judge(`open costs less than ${maxPercent} % of a core more`, more, (value) => value < maxPercent)],
    }),
    note: `open − closed: ${more.toFixed(2)} % of a core. ${note}`,
  };
}

export const panel: Suite = {
  name: 'panel',
  about: 'Diagnostics open against closed: share of a core, at rest and during a job (Linux, with Chromium)',
  async run(setting) {
    const { child, url } = await serveFrom(setting.scratch);
    const { browser, page } = await browse(url);
    const host = new WebHost(page, browser, child, setting.scratch);
    try {
      const devtools = await browser.newBrowserCDPSession();
      const measure: Measure = async () => {
        const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
        return {
          browser: processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0),
          host: hostSeconds(child.pid!),
        };
      };
      const hashlane = new Hashlane(host);
      await hashlane.button('Add files').waitFor();
      const atRest = await openAndClosed(hashlane, measure, setting);
      const files = new Files(setting.scratch);
      files.sparse('huge/image.raw', 2 ** 43);
      await host.addFolder(files.path('huge'));
      await hashlane.start();
      const atWork = await openAndClosed(hashlane, measure, setting);
      await hashlane.button('Cancel').click();
      const drawn = 'Headless, drawn without a graphics processor: canvas and text are drawn by the processor too.';
      return [
        row('at rest', 'browser', atRest, true, drawn),
        row('at rest', 'host', atRest, false, 'Engine at rest; counted in hundredths of a second.'),
        row('during a job', 'browser', atWork, false, `${drawn} The progress strip reads as often when it is closed.`),
      ];
    } finally {
      await host.close();
    }
  },
};
