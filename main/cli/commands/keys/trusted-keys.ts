import path from 'node:path';
import { TrustedKeys } from '../../../tasks/signatures/trusted-keys.ts';
import { dataFolder } from '../../serve/data-folder.ts';
import type { World } from '../../world.ts';

/** Those of this user; the web host has the same. */
export function trustedKeys(world: World): TrustedKeys {
  return new TrustedKeys(path.join(dataFolder(world.environment), 'keys'));
}
