/** What a journal's header says of its job, for a list. */
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import type { JournalHeader } from './journal-header.ts';

export type JournalDescription = Pick<JournalHeader, 'id' | 'kind' | 'startedAt'> & {
  readonly roots: { readonly count: number; readonly first: string };
  readonly algorithms: readonly AlgorithmName[];
  readonly resumable: boolean;
};

export function describeHeader({ id, kind, startedAt, about, spec, resumable }: JournalHeader): JournalDescription {
  const algorithms = spec !== undefined && 'algorithms' in spec ? (spec.algorithms as AlgorithmName[]) : [];
  return { id, kind, startedAt, roots: about ?? { count: 0, first: '' }, algorithms, resumable: resumable ?? false };
}
