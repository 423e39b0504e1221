/** Saving results: everything that is said about it afterwards is true of what was written. */
import type { ExportFormat } from '#shared/contract/models.ts';
import { type AlgorithmName, algorithmNames } from '#shared/tables/algorithms.ts';
import { formatCount } from '#shared/text/quantities.ts';
import { runSliced } from '../results/sliced.ts';
import type { Session } from '../state/session.ts';
import { words } from '../text/words.ts';
import { chosenRows, fixedAlgorithm, planSave, type SavePlan, suggestedName, takesOneAlgorithm } from './save-plan.ts';

export interface SaveRequest {
  readonly format: ExportFormat;
  readonly algorithms: readonly AlgorithmName[];
  /** What is written; null: everything that was not removed from the table. */
  readonly rows: Uint32Array | null;
  /** Names below it are relative to it; null: below where the file is saved. */
  readonly base: string | null;
}

export interface SavedFile {
  /** null: the browser saves it, and says where. */
  readonly path: string | null;
  readonly name: string;
  readonly records: number;
}

/** The files that a request makes: with several algorithms, one for each where a line could not tell them apart. */
export function filesOf({
  format,
  algorithms,
}: Pick<SaveRequest, 'format' | 'algorithms'>): (readonly AlgorithmName[])[] {
  const fixed = fixedAlgorithm(format);
  if (fixed !== undefined) return [algorithms.includes(fixed) ? algorithms : [fixed]];
  return takesOneAlgorithm(format) ? algorithms.map((name) => [name]) : [algorithms];
}

/** What files are named after: the one source that was added, or nothing better than the program. */
function rootName(session: Session): string {
  const sources = session.app.getState().jobs.flatMap((job) => job.sources);
  return sources.length === 1 ? sources[0]!.name : 'hashlane';
}

/** Resolves to what was saved; to null when the person changed their mind, or when it was refused, which is told. */
export async function save(session: Session, request: SaveRequest): Promise<readonly SavedFile[] | null> {
  const { app, client, results } = session;
  const jobs = app.getState().jobs.map((job) => job.id);
  if (jobs.length === 0) return null;
  const isAll = request.rows === null && results.removed.count === 0;
  const rows = request.rows ?? results.rows();
  const saved: SavedFile[] = [];
  const done = await session.attempt(async () => {
    for (const digestsOf of filesOf(request)) {
      const name = suggestedName(request.format, digestsOf, rootName(session), rows.length === 1);
      const outcome = await client.api.results.export({
        jobs,
        format: request.format,
        digestsOf: [...digestsOf],
        name,
        ...(request.base !== null && { base: request.base }),
        ...(!isAll && { only: chosenRows(results.table, rows) }),
      });
      if (outcome.kind === 'cancelled') return false;
      if (outcome.kind === 'saved') saved.push({ path: outcome.path, name, records: outcome.records });
      else {
        client.download(outcome.url);
        const plan = await planOf(session, request, digestsOf);
        saved.push({ path: null, name, records: plan?.written ?? 0 });
      }
    }
    return true;
  });
  return done ? saved : null;
}

export function planOf(
  session: Session,
  { format, rows }: SaveRequest,
  digestsOf: readonly AlgorithmName[],
  isWanted: () => boolean = () => true,
): Promise<SavePlan | undefined> {
  const { results, app } = session;
  const jobs = app.getState().jobs.map((job) => job.id);
  return runSliced(planSave(results.table, rows ?? results.rows(), format, digestsOf, jobs), isWanted);
}

/** One sentence for each file, with what is not in it. */
export async function tellSaved(session: Session, request: SaveRequest, saved: readonly SavedFile[]): Promise<void> {
  for (const { path, name, records } of saved) {
    const plan = await planOf(session, request, filesOf(request)[0]!);
    const { failed = 0, noDigest = 0, refused = 0 } = plan?.leftOut ?? {};
    const left = failed + noDigest + refused;
    const told = words.t(path === null ? 'save.downloaded' : 'save.saved', {
      count: records,
      records: formatCount(records),
      path: path ?? name,
    });
    const leftOut = left === 0 ? '' : ` ${words.t('save.left', { count: left, shown: formatCount(left) })}`;
    session.notify('done', told + leftOut);
  }
}

/** Every algorithm of what is shown, in the order of the table of algorithms. */
export function computedAlgorithms(session: Session): AlgorithmName[] {
  const computed = new Set(session.results.store.getState().algorithms);
  return algorithmNames.filter((name) => computed.has(name));
}
