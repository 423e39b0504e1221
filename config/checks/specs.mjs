/** The Playwright specs, on each host that this machine can run. */
import { installedRuntime, reasonForMissingLibraries, reasonForNoDisplay } from '../setup/electron-runtime.mjs';
import { at, findProgram, projectNode } from '../setup/places.mjs';
import { counted } from './outcome.mjs';

/** @typedef {import('./outcome.mjs').Outcome} Outcome */

/** @param {'web' | 'electron'} project @param {string[]} [under] a command that runs another, such as xvfb-run */
function specs(project, under = []) {
  const report = `build/reports/${project}.json`;
  const playwright = [at('node_modules', '@playwright', 'test', 'cli.js'), 'test', `--project=${project}`];
  const [command = '', ...args] = [...under, projectNode(), ...playwright, '--reporter=list,json'];
  return counted(command, args, {
    report,
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: at(report) },
    count: (text) => {
      const { expected, unexpected, flaky, skipped } = JSON.parse(text).stats;
      return { passed: expected, failed: unexpected + flaky, skipped };
    },
  });
}

/** @returns {Promise<Outcome>} */
export async function webSpecs() {
  const browser = process.env.HASHLANE_CHROMIUM ?? '/usr/bin/chromium';
  if (!findProgram('chromium') && !process.env.HASHLANE_CHROMIUM)
    return { kind: 'skipped', reason: `${browser} is not there` };
  return specs('web');
}

/**
 * HASHLANE_DISPLAY_COMMAND names a program that gives the specs a display, and perhaps a network
 * of their own; without it xvfb-run does where no display is there.
 * @returns {Promise<Outcome>}
 */
export async function electronSpecs() {
  const runtime = installedRuntime();
  if (runtime.kind === 'none') return { kind: 'skipped', reason: runtime.reason };
  const missing = reasonForMissingLibraries(runtime.executable);
  if (missing) return { kind: 'skipped', reason: missing };
  const given = process.env.HASHLANE_DISPLAY_COMMAND?.split(' ').filter(Boolean);
  if (given?.length) return specs('electron', given);
  const noDisplay = reasonForNoDisplay();
  if (!noDisplay) return specs('electron');
  const xvfb = findProgram('xvfb-run');
  return xvfb ? specs('electron', [xvfb, '-a']) : { kind: 'skipped', reason: noDisplay };
}
