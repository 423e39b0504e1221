import type { Command } from 'commander';
import { makeReport } from '#shared/diagnostics/make-report.ts';
import { reportJson, reportText } from '#shared/diagnostics/report-text.ts';
import { readStats } from '#shared/stats/reader.ts';
import { ProcessReadings } from '../../app/system/process-readings.ts';
import { describeSystem } from '../../app/system/system-description.ts';
import { type ExitStatus, exitStatus } from '../exit-status.ts';
import { version } from '../version.ts';
import type { World } from '../world.ts';

interface DiagnosticsOptions {
  readonly json?: true;
  readonly withNames?: true;
}

export function addDiagnosticsCommand(program: Command, world: World, exit: (status: ExitStatus) => void): void {
  program
    .command('diagnostics')
    .summary('show system and engine details')
    .description(
      'Tells what Hashlane runs on: versions, processor features, kernels, memory, pools, devices. ' +
        'The counters are of this command, which hashes nothing.',
    )
    .option('--json', 'as JSON')
    .option('--with-names', 'also names: of files in hand and of mount points')
    .action(async ({ json, withNames }: DiagnosticsOptions) => {
      const engine = world.loadEngine({});
      const readings = new ProcessReadings();
      const report = makeReport(
        {
          about: { ...describeSystem(engine.info, version), host: 'command' },
          reading: readStats(engine.stats),
          process: readings.read(0),
        },
        withNames === true,
      );
      readings.close();
      await engine.close();
      const text = json ? reportJson(report) : reportText(report);
      await world.output.write(new TextEncoder().encode(text));
      exit(exitStatus.ok);
    });
}
