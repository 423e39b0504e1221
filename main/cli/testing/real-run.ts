/** The command with the real engine, in this process. */
import { loadEngine } from '../../engine/native-engine.ts';
import { TestWorld } from './test-world.ts';

export interface Ran {
  readonly status: number;
  /** Byte for character. */
  readonly printed: string;
  readonly said: string;
}

export function runReally(...argv: string[]): Promise<Ran> {
  return runReallyIn({}, ...argv);
}

/** `environment`: its variables. */
export async function runReallyIn(environment: Record<string, string>, ...argv: string[]): Promise<Ran> {
  const world = new TestWorld();
  Object.assign(world.environment, environment);
  world.engine = loadEngine({ threads: 2 });
  const status = await world.run(...argv);
  return { status, printed: world.printed, said: world.said };
}
