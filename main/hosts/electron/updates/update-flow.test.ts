import { describe, expect, test, vi } from 'vitest';
import { UpdateFlow, type UpdateFlowOptions } from './update-flow.ts';
import type { Updater } from './updater.ts';

const day = 24 * 3600 * 1000;

function flow({
  release = null as { version: string } | null,
  answers = [] as boolean[],
  ...change
}: Partial<UpdateFlowOptions> & { release?: { version: string } | null; answers?: boolean[] } = {}) {
  const calls: string[] = [];
  const updater: Updater = {
    check: async () => {
      calls.push('check');
      return release;
    },
    download: async () => void calls.push('download'),
    install: () => void calls.push('install'),
  };
  let last = 0;
  const options: UpdateFlowOptions = {
    updater,
    version: '1.0.0',
    ask: async ({ message }) => {
      calls.push(`ask ${message}`);
      return answers.shift() ?? false;
    },
    tell: async (message) => void calls.push(`tell ${message}`),
    failed: (error) => void calls.push(`failed ${(error as Error).message}`),
    lastCheck: () => last,
    keepLastCheck: (at) => {
      last = at;
    },
    setUpdates: async (choice) => void calls.push(`set ${choice}`),
    ...change,
  };
  return { calls, flow: new UpdateFlow(options) };
}

const broken: Updater = {
  check: () => Promise.reject(new Error('offline')),
  download: () => Promise.reject(new Error('offline')),
  install: vi.fn(),
};

describe('asked for from the menu', () => {
  test('without a feed it says so plainly', async () => {
    const { calls, flow: updates } = flow({ updater: null });
    await updates.check();
    expect(calls).toEqual(['tell This build has no release feed.']);
  });

  test('it says when there is nothing new, and when the feed does not answer', async () => {
    const current = flow();
    await current.flow.check();
    expect(current.calls).toEqual(['check', 'tell Hashlane is up to date.']);
    const offline = flow({ updater: broken });
    await offline.flow.check();
    expect(offline.calls).toEqual(['failed offline', 'tell New versions cannot be looked for now.']);
  });

  test('nothing is downloaded and nothing installed without a yes each', async () => {
    const release = { version: '2.0.0' };
    const found = 'ask Hashlane 2.0.0 is available.';
    const ready = 'ask Hashlane 2.0.0 is ready to be installed.';
    const no = flow({ release, answers: [false] });
    await no.flow.check();
    expect(no.calls).toEqual(['check', found]);
    const later = flow({ release, answers: [true, false] });
    await later.flow.check();
    expect(later.calls).toEqual(['check', found, 'download', ready]);
    const yes = flow({ release, answers: [true, true] });
    await yes.flow.check();
    expect(yes.calls).toEqual(['check', found, 'download', ready, 'install']);
  });

  test('a second click while it asks adds nothing', async () => {
    const { calls, flow: updates } = flow({ release: { version: '2.0.0' } });
    await Promise.all([updates.check(), updates.check()]);
    expect(calls).toHaveLength(2);
  });
});

describe('by itself', () => {
  test.each([
    ['without a feed', { updater: null }, 'weekly' as const],
    ['when it may never look', {}, 'never' as const],
  ])('does nothing %s', async (_, change, choice) => {
    const { calls, flow: updates } = flow(change);
    await updates.checkWhenDue(choice);
    expect(calls).toEqual([]);
  });

  test('first asks whether to, and keeps the answer', async () => {
    const no = flow({ answers: [false] });
    await no.flow.checkWhenDue('ask');
    expect(no.calls).toEqual(['ask Look for new versions once a week?', 'set never']);
    const yes = flow({ answers: [true] });
    await yes.flow.checkWhenDue('ask');
    expect(yes.calls).toEqual(['ask Look for new versions once a week?', 'set weekly', 'check']);
  });

  test('looks once a week, also after the clock was wrong, and bothers nobody when there is nothing', async () => {
    const now = Date.now();
    const { calls, flow: updates } = flow();
    await updates.checkWhenDue('weekly', now);
    await updates.checkWhenDue('weekly', now + 6 * day);
    expect(calls).toEqual(['check']);
    await updates.checkWhenDue('weekly', now + 8 * day);
    expect(calls).toEqual(['check', 'check']);
    const ahead = flow({ lastCheck: () => now + 300 * day });
    await ahead.flow.checkWhenDue('weekly', now);
    expect(ahead.calls).toEqual(['check']);
  });

  test('only notes that the feed does not answer', async () => {
    const { calls, flow: updates } = flow({ updater: broken });
    await updates.checkWhenDue('weekly');
    expect(calls).toEqual(['failed offline']);
  });
});
