/** `--add-files`: a desktop's menu entry "Hash files…" starts Hashlane with the dialog of "Add files" open. */
import { app } from 'electron';
import { hasFlag } from './arguments.ts';

const flag = 'add-files';

/** Calls `choose` if this start asked for it, and whenever a later one does. */
export function whenAskedToAdd(choose: () => void): void {
  if (hasFlag(process.argv, flag)) choose();
  app.on('second-instance', (_event, argv) => {
    if (hasFlag(argv, flag)) choose();
  });
}
