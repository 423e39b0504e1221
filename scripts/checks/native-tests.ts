/** The core's own tests, by ctest; needs no Node. */
import os from 'node:os';
import { buildCoreTests } from '../setup/native.mjs';
import { fromRoot } from '../setup/paths.mjs';
import { counted } from './outcome.ts';

export async function nativeTests() {
  await buildCoreTests();
  const report = 'build/reports/native.xml';
  const args = [
    '--test-dir',
    'build/core',
    '--output-on-failure',
    '--no-tests=error',
    '--output-junit',
    fromRoot(report),
  ];
  return counted('ctest', [...args, '--parallel', String(os.availableParallelism())], { report, count: countJunit });
}

function countJunit(report: string) {
  const attribute = (name: string) =>
    Number(new RegExp(`<testsuite[^>]*\\s${name}="(\\d+)"`).exec(report)?.[1] ?? Number.NaN);
  const [tests, failed, skipped] = [attribute('tests'), attribute('failures'), attribute('skipped')];
  return { passed: tests - failed - skipped, failed, skipped };
}
