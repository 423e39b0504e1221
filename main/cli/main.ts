/** The command as a function: arguments in, exit status out. `entry.ts` runs it as a process. */
import { CommanderError } from 'commander';
import { makeVisible } from '#shared/text/visible.ts';
import { EngineError } from '../engine/engine.ts';
import { describeError, FailedAttempt, InterruptedError, UsageError } from './errors.ts';
import { type ExitStatus, exitStatus } from './exit-status.ts';
import { createProgram, namesCommand, unknownHelpTopic } from './program.ts';
import { StreamClosedError, type World } from './world.ts';

const threadsHint =
  'hashlane: give --threads 1, or allow this program more processes (ulimit -u) and memory (ulimit -v)\n';
const usageHint = "Run 'hashlane --help' or 'hashlane COMMAND --help'.";

/** `argv` without the names of Node and script; names in the form of `nameText`. Never rejects. */
export async function run(argv: readonly string[], world: World): Promise<ExitStatus> {
  let status: ExitStatus = exitStatus.ok;
  let help = '';
  const text = {
    out: (more: string) => {
      help += more;
    },
    problem: (problem: string) => world.messages.write(problem),
  };
  const program = createProgram(world, text, (ended) => {
    status = ended;
  });
  try {
    const unknown = unknownHelpTopic(program, argv);
    if (unknown !== undefined) throw new UsageError(makeVisible(unknown));
    try {
      await program.parseAsync(namesCommand(program, argv[0]) ? argv : ['hash', ...argv], { from: 'user' });
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      status = error.exitCode === 0 ? exitStatus.ok : exitStatus.usage;
      if (status === exitStatus.usage) world.messages.write(`${usageHint}\n`);
    }
    if (help !== '') await world.output.write(new TextEncoder().encode(help));
  } catch (error) {
    status = report(error, world);
  }
  await world.messages.drained();
  return status;
}

function report(error: unknown, { messages }: World): ExitStatus {
  // Who closed the stream, like `head`, has seen what he wanted.
  if (error instanceof StreamClosedError) return exitStatus.ok;
  if (error instanceof InterruptedError) {
    messages.write('hashlane: interrupted\n');
    return exitStatus.interrupted;
  }
  if (error instanceof UsageError) {
    messages.write(`hashlane: ${error.message}\n${usageHint}\n`);
    return exitStatus.usage;
  }
  messages.write(`hashlane: ${error instanceof FailedAttempt ? error.message : describeError(error)}\n`);
  if (error instanceof EngineError && error.code === 'EAGAIN') messages.write(threadsHint);
  return exitStatus.failed;
}
