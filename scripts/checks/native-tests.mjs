/** The core's own tests, by ctest; needs no Node. */
import os from 'node:os';
import { buildCoreTests } from '../setup/native.mjs';
import { at } from '../setup/places.mjs';
import { counted } from './outcome.mjs';

export async function nativeTests() {
  await buildCoreTests();
  const report = 'build/reports/native.xml';
  const args = ['--test-dir', 'build/core', '--output-on-failure', '--no-tests=error', '--output-junit', at(report)];
  return counted('ctest', [...args, '--parallel', String(os.availableParallelism())], { report, count: countJunit });
}

/** @param {string} report */
function countJunit(report) {
  /** @param {string} name */
  const attribute = (name) => Number(new RegExp(`<testsuite[^>]*\\s${name}="(\\d+)"`).exec(report)?.[1] ?? Number.NaN);
  const [tests, failed, skipped] = [attribute('tests'), attribute('failures'), attribute('skipped')];
  return { passed: tests - failed - skipped, failed, skipped };
}
