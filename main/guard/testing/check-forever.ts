/** A process that checks a guarded folder again and again, until it is killed: arguments are the store and the root. */
import { newJobId } from '#shared/jobs/job-id.ts';
import { loadEngine } from '../../engine/native-engine.ts';
import { runSteps } from '../../tasks/pipeline/stepped-task.ts';
import { checkGuarded } from '../guard.ts';
import { GuardStore } from '../guard-store.ts';

const [store, root] = process.argv.slice(2).map((text, at) => (at === 0 ? new GuardStore(text) : text)) as [
  GuardStore,
  string,
];
const engine = loadEngine({ threads: 2 });
const folder = (await store.find(root))!;
for (;;) {
  const given = { algorithms: [], reach: { roots: [], followsLinks: false } };
  const { done } = runSteps({ engine, id: newJobId() }, given, async (steps) => {
    const options = { now: Date.now, isNewDisk: false, reading: { medium: false } };
    const { verdict } = await checkGuarded(store, folder, options, steps);
    process.stdout.write(`${verdict}\n`);
    return null;
  });
  await done;
}
