import { expect, test } from 'vitest';
import { openBatch } from '#shared/batch/reader.ts';
import { loadEngine } from './native-engine.ts';
import { bytes, spec } from './testing/world.ts';

test('a file that did not come to its end has the size that it was declared with', async () => {
  const engine = loadEngine({ threads: 1 });
  try {
    const sizes = new Map<string, number>();
    const job = engine.start(
      spec([], {
        feeds: 3,
        onBatch(batch, release) {
          const view = openBatch(batch);
          for (let index = 0; index < view.count; index++) sizes.set(view.name(index), view.size(index));
          release();
        },
      }),
    );
    const half = job.openFeed(bytes('half'), 0, 10);
    await half.write(bytes('abc'));
    await half.abort('UPLOAD_ABORTED');
    await job.openFeed(bytes('none'), 0, 20).abort('ENOENT');
    const unknown = job.openFeed(bytes('unknown'), 0);
    await unknown.write(bytes('abcd'));
    await unknown.abort('UPLOAD_ABORTED');
    await job.done;
    expect(Object.fromEntries(sizes)).toEqual({ half: 10, none: 20, unknown: 4 });
  } finally {
    await engine.close();
  }
});
