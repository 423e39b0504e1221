/** The Playwright specs, on each host that this machine can run. */

import { installedRuntime, reasonForMissingLibraries, reasonForNoDisplay } from '../setup/electron-runtime.mjs';
import { findProgram, fromRoot, projectNode } from '../setup/paths.mjs';
import type { Outcome } from './outcome.ts';
import { counted } from './outcome.ts';

/** @param options `under`: a command that runs another, such as xvfb-run */
function specs(
  project: 'web' | 'electron',
  { under = [], environment = {} }: { under?: string[]; environment?: NodeJS.ProcessEnv } = {},
) {
  const report = `build/reports/${project}.json`;
  const playwright = [fromRoot('node_modules', '@playwright', 'test', 'cli.js'), 'test', `--project=${project}`];
  const [command = '', ...args] = [...under, projectNode(), ...playwright, '--reporter=list,json'];
  return counted(command, args, {
    report,
    env: { ...process.env, ...environment, PLAYWRIGHT_JSON_OUTPUT_FILE: fromRoot(report) },
    count: (text) => {
      const { expected, unexpected, flaky, skipped } = JSON.parse(text).stats;
      return { passed: expected, failed: unexpected + flaky, skipped };
    },
  });
}

/** HASHLANE_CHROMIUM names the browser; without it the system's own is taken. */
export async function webSpecs(): Promise<Outcome> {
  const browser =
    process.env.HASHLANE_CHROMIUM ?? ['chromium', 'chromium-browser', 'google-chrome'].map(findProgram).find(Boolean);
  if (!browser) return { kind: 'skipped', reason: 'there is no Chromium on the PATH' };
  return specs('web', { environment: { HASHLANE_CHROMIUM: browser } });
}

export async function electronSpecs(): Promise<Outcome> {
  const runtime = installedRuntime();
  if (runtime.kind === 'none') return { kind: 'skipped', reason: runtime.reason };
  const missing = reasonForMissingLibraries(runtime.executable);
  return missing ? { kind: 'skipped', reason: missing } : specsOnDisplay({});
}

/** The Electron specs on a packaged app that lets tests attach. */
export const packagedSpecs = (program: string) => specsOnDisplay({ HASHLANE_PACKAGED_APP: program });

/**
 * HASHLANE_DISPLAY_COMMAND names a program that gives the specs a display, and perhaps a network
 * of their own; without it xvfb-run does where no display is there.
 */
async function specsOnDisplay(environment: NodeJS.ProcessEnv): Promise<Outcome> {
  const given = process.env.HASHLANE_DISPLAY_COMMAND?.split(' ').filter(Boolean);
  if (given?.length) return specs('electron', { under: given, environment });
  const noDisplay = reasonForNoDisplay();
  if (!noDisplay) return specs('electron', { environment });
  const xvfb = findProgram('xvfb-run');
  return xvfb ? specs('electron', { under: [xvfb, '-a'], environment }) : { kind: 'skipped', reason: noDisplay };
}
