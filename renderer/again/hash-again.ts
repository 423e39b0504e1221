/** Hashing results again: what was asked of the host, what it answered, and how that is told. */
import { limits, type Rehashed } from '#shared/contract/models.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import { formatCount } from '#shared/text/quantities.ts';
import type { ResultTable } from '../results/result-table.ts';
import type { Session } from '../state/session.ts';
import { words } from '../text/words.ts';
import { type AgainState, alarming, type Outcome, outcomes } from './again-store.ts';
import { RunControl } from './run-control.ts';

/** Answers without news that are kept; the oldest go. */
const maxPlainAnswers = 10_000;

/** Outcomes that change nothing about what the row says. Any other answer is a finding, and is never dropped. */
const plain: ReadonlySet<Outcome> = new Set(['same', 'upload', 'skipped']);

/**
 * One row is told in the details, several in a notice. What the host refuses is told like any problem. Without effect
 * while another check is under way.
 */
export async function hashAgain(session: Session, rows: readonly number[]): Promise<void> {
  if (rows.length === 0 || session.again.getState().run !== null) return;
  if (rows.length === 1) session.app.setState({ detailsOpen: true });
  const counts = new Map<Outcome, number>();
  await readAgain(session, rows, [], ({ outcome }) => counts.set(outcome, (counts.get(outcome) ?? 0) + 1));
  if (rows.length > 1 && counts.size > 0) tell(session, counts);
}

/**
 * Reads the files of the rows once more, computing the further digests as well. Resolves to false when it was given up
 * or refused; what was read until then has been answered.
 */
export async function readAgain(
  session: Session,
  rows: readonly number[],
  further: readonly AlgorithmName[],
  answered: (answer: Rehashed, row: number) => void,
): Promise<boolean> {
  const { again, results } = session;
  const { table } = results;
  if (rows.length === 0 || again.getState().run !== null) return false;
  const control = new RunControl(again);
  again.setState({
    run: control.begin(
      rows.length,
      rows.reduce((sum, row) => sum + table.size(row), 0),
    ),
  });
  session.watchStats('again', true);
  const done = await session.attempt(async () => {
    for (const { job, results: wanted, rows: of } of requests(table, rows)) {
      const answers = await control.ask((signal) =>
        session.client.api.results.rehash(
          { job, results: wanted, ...(further.length > 0 && { further: [...further] }) },
          { signal },
        ),
      );
      if (answers === null) return false;
      again.setState((state) => ({ answers: withAnswers(state.answers, job, answers) }));
      answers.forEach((answer, at) => {
        answered(answer, of[at]!);
      });
      control.add(
        of.length,
        of.reduce((sum, row) => sum + table.size(row), 0),
      );
    }
    return true;
  });
  again.setState({ run: null });
  session.watchStats('again', false);
  return done ?? false;
}

function tell(session: Session, counts: ReadonlyMap<Outcome, number>): void {
  const told = outcomes.filter((outcome) => counts.has(outcome));
  const parts = told.map((outcome) => words.t(`again.count.${outcome}`, { shown: formatCount(counts.get(outcome)!) }));
  const isProblem = told.some((outcome) => alarming.has(outcome));
  session.notify(isProblem ? 'problem' : 'done', words.t('again.told', { parts: parts.join(', ') }));
}

interface Request {
  readonly job: number;
  readonly results: { batch: number; entry: number }[];
  readonly rows: number[];
  bytes: number;
}

/** So much is asked for at once that the machine is busy, and no more than can be waited for. */
const requestFiles = Math.min(limits.rehash, 512);
const requestBytes = 1 << 30;

/** Each request is of one job. */
function requests(table: ResultTable, rows: readonly number[]): Request[] {
  const made: Request[] = [];
  const open = new Map<number, Request>();
  for (const row of rows) {
    const batch = table.batch(row);
    const reference = { batch: batch.sequence, entry: batch.entryId(table.record(row)) };
    let request = open.get(batch.jobId);
    if (request === undefined || request.rows.length === requestFiles || request.bytes >= requestBytes) {
      request = { job: batch.jobId, results: [], rows: [], bytes: 0 };
      open.set(batch.jobId, request);
      made.push(request);
    }
    request.results.push(reference);
    request.rows.push(row);
    request.bytes += table.size(row);
  }
  return made;
}

/** Exported for its test. */
export function withAnswers(
  before: AgainState['answers'],
  job: number,
  answers: readonly Rehashed[],
): ReadonlyMap<string, Rehashed> {
  const all = new Map(before);
  for (const answer of answers) {
    const key = `${job}/${answer.entry}`;
    all.delete(key);
    all.set(key, answer);
  }
  let excess = -maxPlainAnswers;
  for (const { outcome } of all.values()) if (plain.has(outcome)) excess++;
  for (const [key, { outcome }] of all) {
    if (excess <= 0) break;
    if (plain.has(outcome) && all.delete(key)) excess--;
  }
  return all;
}
