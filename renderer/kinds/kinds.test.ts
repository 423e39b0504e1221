import { describe, expect, it } from 'vitest';
import { jobKinds } from '#shared/contract/kinds/registry.ts';
import { KindModels } from './models.ts';
import { features } from './registry.ts';

describe('the kinds of jobs', () => {
  const models = new KindModels(features);

  it('have a feature each', () => {
    expect(features.map(({ kind }) => kind).sort()).toEqual([...jobKinds].sort());
  });

  it.each(jobKinds)('%s has a verdict for every state, and makes a model', (kind) => {
    expect(models.of(kind)).toBe(models.get({ kind }));
    const standing = { kind, totals: null, outcome: null, failure: { code: 'EIO', message: 'the disk is gone' } };
    const text = (state: Parameters<typeof models.verdict>[0]['state']) => models.verdict({ ...standing, state }).text;
    for (const state of ['running', 'paused', 'cancelling', 'cancelled', 'interrupted', 'finished'] as const) {
      expect(text(state)).toMatch(/^[A-Z].*[^.]$/);
    }
    expect(text('failed')).toBe('Failed: the disk is gone');
  });
});
