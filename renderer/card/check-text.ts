/** Compares what was pasted with the one file of the table, or with all of its files. */

import type { Rehashed } from '#shared/contract/models.ts';
import type { Expectation } from '#shared/expected/expected.ts';
import { recognise, recogniseDigest } from '#shared/expected/recognise.ts';
import { type AlgorithmName, algorithmNames } from '#shared/tables/algorithms.ts';
import { fromHex } from '#shared/text/decode.ts';
import { keyOf } from '../again/again-store.ts';
import { readAgain } from '../again/hash-again.ts';
import type { HashModel } from '../hash/hash-model.ts';
import { runSliced } from '../results/sliced.ts';
import type { Session } from '../state/session.ts';
import type { CheckStore, Verdict } from './check-store.ts';
import { findDigest } from './find-digest.ts';
import { findList, listEntries } from './find-list.ts';
import { judge, type KnownDigests } from './judge.ts';

export function checkOf(session: Session): CheckStore {
  return session.kinds.get<HashModel>({ kind: 'hash' }).check;
}

/** Keeps the text and compares it now; what is compared already, or empty, is left alone. */
export async function checkText(session: Session, text: string): Promise<void> {
  const store = checkOf(session);
  store.setState({ text, verdict: null });
  const isWanted = (): boolean => store.getState().text === text;
  const tell = (verdict: Verdict): void => {
    if (isWanted()) store.setState({ verdict });
  };
  if (text.trim() === '') return;
  const rows = session.results.rows();
  if (rows.length === 1) await checkFile(session, rows[0]!, text, tell);
  else if (rows.length > 1) await checkAll(session, rows, text, tell);
}

type Tell = (verdict: Verdict) => void;

async function checkFile(session: Session, row: number, text: string, tell: Tell): Promise<void> {
  const { table } = session.results;
  const found = recognise(text, { leaf: leafOf(session, row) });
  if (found.kind === 'unknown') tell({ kind: 'unrecognised' });
  if (found.kind === 'refused') tell({ kind: 'refused', reason: found.reason });
  if (found.kind !== 'expected') return;
  // Of a file that was not read before, the size is not known.
  const expected = table.group(row) === 'ok' ? found.expected : { ...found.expected, size: null };
  const first = judge(expected, knownOf(session, row), table.size(row));
  if (first.kind !== 'unknown') {
    tell(verdictOf(first, row, expected));
    return;
  }
  tell({ kind: 'computing', needs: first.needs });
  const answers: Rehashed[] = [];
  const isDone = await compute(session, [row], first.needs, (answer) => answers.push(answer));
  const [answer] = answers;
  if (!isDone || answer === undefined) tell({ kind: 'stopped' });
  else if (answer.further === undefined || answer.outcome === 'different')
    tell({ kind: 'stale', row, outcome: answer.outcome });
  else {
    const second = judge(expected, knownOf(session, row), table.size(row));
    if (second.kind !== 'unknown') tell(verdictOf(second, row, expected));
  }
}

function verdictOf(
  judged: Exclude<ReturnType<typeof judge>, { kind: 'unknown' }>,
  row: number,
  { notes }: Expectation,
): Verdict {
  if (judged.kind === 'match') return { ...judged, rows: [row], notes };
  return { ...judged, row };
}

async function checkAll(session: Session, rows: Uint32Array, text: string, tell: Tell): Promise<void> {
  const found = recogniseDigest(text);
  if (found.kind === 'refused') tell({ kind: 'refused', reason: found.reason });
  if (found.kind === 'expected') await search(session, rows, found.expected, tell);
  if (found.kind !== 'unknown') return;
  const entries = listEntries(text);
  if (entries.length === 0) tell({ kind: 'unrecognised' });
  else {
    const { table } = session.results;
    const listed = await runSliced(findList(table, rows, entries), () => table === session.results.table);
    if (listed !== undefined) tell({ kind: 'list', found: listed });
  }
}

async function search(session: Session, rows: Uint32Array, expected: Expectation, tell: Tell): Promise<void> {
  const { table } = session.results;
  const { further } = checkOf(session).getState();
  const ofRow = (row: number): KnownDigests | undefined =>
    further.size === 0 ? undefined : further.get(keyOf(table, row));
  const found = await runSliced(findDigest(table, rows, expected, ofRow), () => table === session.results.table);
  if (found === undefined) return;
  const [first] = found.rows;
  if (first === undefined) {
    const named = new Set(expected.alternatives.flat().map((one) => one.algorithm));
    const inOrder = (names: ReadonlySet<AlgorithmName>): AlgorithmName[] =>
      algorithmNames.filter((name) => names.has(name));
    for (const name of found.compared) named.delete(name);
    tell({ kind: 'absent', compared: inOrder(found.compared), needs: inOrder(named) });
    return;
  }
  const judged = judge({ ...expected, size: null }, knownOf(session, first), table.size(first));
  if (judged.kind !== 'match') return;
  tell({ kind: 'match', rows: found.rows, digests: judged.digests, notes: expected.notes });
  showRow(session, first);
}

/** Computes for all files what the pasted digest may be, and compares it with that. */
export async function computeForAll(session: Session, needs: readonly AlgorithmName[]): Promise<void> {
  const store = checkOf(session);
  const { text } = store.getState();
  const rows = session.results.rows();
  const found = recogniseDigest(text);
  if (found.kind !== 'expected') return;
  store.setState({ verdict: { kind: 'computing', needs } });
  const tell = (verdict: Verdict): void => {
    if (store.getState().text === text) store.setState({ verdict });
  };
  if (await compute(session, [...rows], needs, () => undefined)) await search(session, rows, found.expected, tell);
  else tell({ kind: 'stopped' });
}

/** Further digests count only of files that are still what the table says. */
async function compute(
  session: Session,
  rows: readonly number[],
  needs: readonly AlgorithmName[],
  answered: (answer: Rehashed) => void,
): Promise<boolean> {
  const store = checkOf(session);
  const { table } = session.results;
  const further = new Map(store.getState().further);
  const isDone = await readAgain(session, rows, needs, (answer, row) => {
    answered(answer);
    if (answer.outcome !== 'same' && answer.outcome !== 'first') return;
    const known = new Map(further.get(keyOf(table, row)));
    for (const { algorithm, digest } of [...(answer.further ?? [])]) known.set(algorithm, fromHex(digest)!);
    further.set(keyOf(table, row), known);
  });
  store.setState({ further });
  return isDone;
}

/** The digests of the result, and those that were computed for comparing. */
export function knownOf(session: Session, row: number): KnownDigests {
  const { table } = session.results;
  const batch = table.batch(row);
  const known = new Map(checkOf(session).getState().further.get(keyOf(table, row)));
  for (const name of batch.algorithms) {
    const digest = table.digest(row, name);
    if (digest !== null) known.set(name, digest);
  }
  return known;
}

export function leafOf(session: Session, row: number): string {
  const { table } = session.results;
  const name = table.batch(row).name(table.record(row));
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
}

/** Shows and selects the rows, whatever the filter was. */
export function showRows(session: Session, rows: readonly number[]): void {
  showRow(session, rows[0]!);
  session.grid.select(Uint32Array.from(rows));
}

/** Shows the row, whatever the filter was. */
export function showRow(session: Session, row: number): void {
  const { results, grid } = session;
  if (results.view.placeOf(row) < 0) results.filterBy({ text: '', group: 'all' });
  grid.moveToRow(row);
}
