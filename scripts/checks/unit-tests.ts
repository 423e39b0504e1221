/** Everything that vitest runs: shared, core, hosts, command, renderer. */
import { at, projectNode } from '../setup/places.mjs';
import { counted } from './outcome.ts';

export function unitTests() {
  const report = 'build/reports/unit.json';
  const args = [at('node_modules', 'vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json'];
  return counted(projectNode(), [...args, `--outputFile.json=${at(report)}`], {
    report,
    count: (text) => {
      const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(text);
      return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
    },
  });
}
