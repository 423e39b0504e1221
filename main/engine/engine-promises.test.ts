import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe } from 'vitest';
import { loadEngine } from './native-engine.ts';
import { testEnginePromises } from './testing/engine-promises.ts';
import { FakeEngine, type FakeJob } from './testing/fake-engine.ts';
import { temporaryFolder } from './testing/world.ts';

describe('the native engine', () => {
  testEnginePromises(async () => {
    const folder = temporaryFolder();
    const roots = ['one', 'two'].map((name) => path.join(folder.path, name));
    for (const root of roots) writeFileSync(root, root);
    const engine = loadEngine({ threads: 2 });
    return {
      engine,
      roots,
      work: () => undefined,
      async close() {
        await engine.close();
        folder.remove();
      },
    };
  });
});

describe('the engine of the tests', () => {
  testEnginePromises(async () => {
    const engine = new FakeEngine();
    return {
      engine,
      roots: ['/one', '/two'],
      work(job) {
        (job as FakeJob).emit([{ name: '/one' }]);
        (job as FakeJob).emit([{ name: '/two' }]);
        (job as FakeJob).finish();
      },
      close: () => engine.close(),
    };
  });
});
