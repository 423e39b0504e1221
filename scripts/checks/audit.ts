/**
 * `npm run audit`: the known holes in what ships. npm distinguishes dependencies from development dependencies, and a bundled
 * product has only the latter; so its report is held against the packages that Vite found in the bundles, Electron among
 * them. Needs the bundles and the registry. Ends with 1 when a version that ships has a known hole.
 */
import { readFileSync } from 'node:fs';
import { npmComponents } from '../../packaging/licences/npm-packages.ts';
import { fromRoot } from '../setup/paths.mjs';
import { CommandFailed, giveUp, run, SetupProblem } from '../setup/run.mjs';
import { shippedHoles } from './audit-report.ts';

/** npm ends with 1 when it has found something, anywhere. */
async function report(): Promise<string> {
  try {
    return await run('npm', ['audit', '--json']);
  } catch (error) {
    if (error instanceof CommandFailed) return error.output;
    throw error;
  }
}

try {
  const { version } = JSON.parse(readFileSync(fromRoot('node_modules', 'electron', 'package.json'), 'utf8'));
  const shipped = [...npmComponents(['electron', 'cli', 'renderer']), { name: 'electron', version }];
  const answer = await report();
  const start = answer.indexOf('{\n');
  const parsed = JSON.parse(answer.slice(start, answer.lastIndexOf('}') + 1));
  if (!parsed.vulnerabilities) throw new SetupProblem(`The registry did not answer: ${parsed.message ?? answer}`);
  const holes = shippedHoles(parsed, JSON.parse(readFileSync(fromRoot('package-lock.json'), 'utf8')), shipped);
  for (const hole of holes) process.stdout.write(`${hole}\n`);
  process.stdout.write(`${shipped.length} packages ship, ${holes.length} known holes\n`);
  process.exitCode = holes.length > 0 ? 1 : 0;
} catch (error) {
  giveUp(error);
}
