import { describe, expect, it, vi } from 'vitest';
import { commandNames } from '#shared/commands/commands.ts';
import { defaultSettings, type JobSummary } from '#shared/contract/models.ts';
import type { AppContext } from '../parts/context.tsx';
import { type AppState, initialAppState } from '../state/app-state.ts';
import { job } from '../testing/job.ts';
import en from '../text/en.json' with { type: 'json' };
import { availableCommands, runCommand } from './commands.ts';

function context(state: Partial<AppState> = {}, total = 0) {
  const actions = { start: vi.fn(), pause: vi.fn(), resume: vi.fn(), cancel: vi.fn(), addFiles: vi.fn() };
  const app = { connection: 'connected', settings: defaultSettings, ...state };
  const session = {
    app: { getState: () => ({ ...initialAppState, ...app }), setState: vi.fn() },
    results: { store: { getState: () => ({ total }) } },
  };
  return { actions, session, context: { actions, session } as unknown as AppContext };
}

const offered = (state: Partial<AppState> = {}, total = 0): string =>
  availableCommands(context(state, total).context)
    .filter((name) => ['addFiles', 'start', 'pause', 'resume', 'cancel', 'export'].includes(name))
    .join(' ');

const jobs = (...states: JobSummary['state'][]): JobSummary[] => states.map((state, id) => job(id, { state }));

describe('what can be done', () => {
  it('follows the sources, the jobs and the results', () => {
    expect(offered()).toBe('addFiles');
    expect(offered({ sources: [{ id: 'a', kind: 'file', name: 'a', path: '/a', size: 1 }] })).toBe('addFiles start');
    expect(offered({ jobs: jobs('running') }, 3)).toBe('addFiles export pause cancel');
    expect(offered({ jobs: jobs('paused') })).toBe('addFiles resume cancel');
    expect(offered({ jobs: jobs('paused', 'running') })).toBe('addFiles pause cancel');
    expect(offered({ jobs: jobs('cancelling') })).toBe('addFiles');
    expect(offered({ jobs: jobs('finished') }, 1)).toBe('addFiles export');
    const verified = job(1, { kind: 'verify', state: 'finished' });
    expect(offered({ jobs: [verified] })).toBe('addFiles export');
    expect(offered({ jobs: [{ ...verified, state: 'running' }] })).toBe('addFiles pause cancel');
  });

  it('is next to nothing without the host, and nothing beside a dialog', () => {
    expect(offered({ connection: 'lost', jobs: jobs('running') }, 1)).toBe('');
    expect(offered({ settings: null })).toBe('');
    expect(availableCommands(context({ dialog: 'settings' }).context)).toEqual([]);
  });

  it('is done, and what cannot be done is not', () => {
    const paused = context({ jobs: jobs('paused') });
    runCommand('pause', paused.context);
    runCommand('start', paused.context);
    runCommand('resume', paused.context);
    expect(paused.actions.pause).not.toHaveBeenCalled();
    expect(paused.actions.start).not.toHaveBeenCalled();
    expect(paused.actions.resume).toHaveBeenCalledOnce();
    runCommand('__proto__' as never, paused.context);
  });

  it('has a word each', () => {
    expect(Object.keys(en.commands).sort()).toEqual([...commandNames].sort());
  });
});
