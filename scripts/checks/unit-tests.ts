/** Everything that vitest runs: shared, core, hosts, command, renderer. */
import { fromRoot, projectNode } from '../setup/paths.mjs';
import { counted } from './outcome.ts';

export function unitTests() {
  const report = 'build/reports/unit.json';
  const args = [fromRoot('node_modules', 'vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json'];
  return counted(projectNode(), [...args, `--outputFile.json=${fromRoot(report)}`], {
    report,
    count: (text) => {
      const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(text);
      return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
    },
  });
}
