/** What the commands over manifests share: an engine for as long as it is needed, and errors in words. */
import type { DigestFiles } from '#shared/manifests/tree.ts';
import { escapeControlsInJson, makeVisible } from '#shared/text/visible.ts';
import type { Engine } from '../../../engine/engine.ts';
import { engineDigests } from '../../../tasks/tree/engine-digests.ts';
import { describeError, InterruptedError } from '../../errors.ts';
import { type ExitStatus, exitStatus } from '../../exit-status.ts';
import type { World } from '../../world.ts';

/** Errors of the tasks say themselves what is wrong; the system's are put in words. */
function explain(error: unknown): string {
  const own = error instanceof Error && 'code' in error && /^[a-z]/.test(String(error.code));
  return own ? `${error.message} (${error.code})` : describeError(error);
}

/** Runs `task` with the engine's digests and closes the engine; a failure becomes a message and exit status 1. */
export async function runTask(
  world: World,
  task: (digestFiles: DigestFiles, engine: Engine) => Promise<ExitStatus>,
): Promise<ExitStatus> {
  const engine = world.loadEngine({});
  try {
    return await task(engineDigests(engine, world.interruption), engine);
  } catch (error) {
    if (world.interruption.aborted) throw new InterruptedError();
    world.messages.write(`hashlane: ${makeVisible(explain(error))}\n`);
    return exitStatus.failed;
  } finally {
    await engine.close();
  }
}

export async function writeText(world: World, text: string): Promise<void> {
  await world.output.write(new TextEncoder().encode(text));
}

/** One line. */
export async function writeJson(world: World, value: unknown): Promise<void> {
  await writeText(world, `${escapeControlsInJson(JSON.stringify(value))}\n`);
}

/** A line of a report; names in it are made visible. */
export function tell(world: World, line: string): void {
  world.messages.write(`${makeVisible(line)}\n`);
}

export const statusOf = (ok: boolean): ExitStatus => (ok ? exitStatus.ok : exitStatus.failed);
