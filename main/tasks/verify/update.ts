/**
 * Updates a manifest after a verification: what was asked for, line by line, and nothing else. The file is replaced as a
 * whole, and only if it is still what was verified.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Recognised } from '#shared/checksums/model.ts';
import { type AlgorithmName, algorithm } from '#shared/tables/algorithms.ts';
import { digestBytes } from '#shared/verify/algorithm-lists.ts';
import { startsWithDot } from '#shared/verify/names.ts';
import type { ReportUpdates } from '#shared/verify/report/rows.ts';
import { canEdit, type LineForm, parseLine, writeLine } from '#shared/verify/update/line-form.ts';
import { FailedAttempt } from '../../base/failed-attempt.ts';
import { replaceFile } from '../../base/output/output.ts';
import { nameBytes, shownName } from '../../base/raw-names.ts';
import { HashPaths } from '../folder/hash-paths.ts';
import type { Steps } from '../pipeline/stepped-task.ts';
import type { Verified } from './verify.ts';

export const updateActions = ['add', 'drop', 'moves'] as const;
export type UpdateAction = (typeof updateActions)[number];

export interface UpdateOptions {
  readonly actions: ReadonlySet<UpdateAction>;
  /** Paths below the root whose entry takes the digest that the file has now. */
  readonly accept: readonly Uint8Array[];
}

/** What becomes of a line; a line that is in none of the maps stays as it is. */
interface Plan {
  readonly dropped: Set<number>;
  readonly renamed: Map<number, Uint8Array>;
  readonly accepted: Map<number, Uint8Array>;
}

/** `manifest` in the form of `nameText`. Rejects with FailedAttempt, and the manifest is as it was then. */
export async function updateManifest(
  manifest: string,
  verified: Verified,
  options: UpdateOptions,
  steps: Steps,
): Promise<ReportUpdates> {
  const attempt = `cannot update ${shownName(nameBytes(manifest))}`;
  const { recognised, sha256, signature } = verified.manifests[0]!;
  // guard: updates of signed lists
  if (signature.status !== 'none')
    refuse(attempt, 'UPDATE_SIGNED', 'it is signed, and the signature would no longer hold');
  refuseForm(attempt, recognised);
  const plan = planOf(attempt, verified, options);
  const lines = await readLines(manifest, recognised, sha256, attempt);
  const added = options.actions.has('add') ? await addedLines(attempt, verified, lines, recognised, steps) : [];
  const changes = plan.dropped.size + plan.renamed.size + plan.accepted.size + added.length;
  if (changes > 0) await replaceFile(manifest, rewritten(attempt, lines, recognised, plan, added));
  return {
    added: options.actions.has('add') ? verified.unlisted.length : 0,
    dropped: plan.dropped.size,
    renamed: plan.renamed.size,
    accepted: plan.accepted.size,
  };
}

function refuse(attempt: string, code: string, message: string): never {
  throw new FailedAttempt(attempt, Object.assign(new Error(message), { code, errno: 0 }));
}

function refuseForm(attempt: string, { dialect, encoding, envelope }: Recognised): void {
  if (envelope !== 'none') refuse(attempt, 'UPDATE_SIGNED', 'it is signed, and the signature would no longer hold');
  if (!canEdit(dialect) || (encoding !== 'utf-8' && encoding !== 'utf-8-bom')) {
    refuse(attempt, 'UPDATE_DIALECT', `lists of the form ${dialect} in ${encoding} are not rewritten`);
  }
}

function planOf(attempt: string, { entries }: Verified, { actions, accept }: UpdateOptions): Plan {
  const plan: Plan = { dropped: new Set(), renamed: new Map(), accepted: new Map() };
  const wanted = new Set(accept.map((name) => Buffer.from(name).toString('latin1')));
  let present = 0;
  for (let entry = 0; entry < entries.count; entry++) {
    const status = entries.status(entry);
    if (status === 'ok' || status === 'moved' || status === 'changed') present++;
    if (status === 'missing' && actions.has('drop')) plan.dropped.add(entries.line(entry));
    if (status === 'moved' && actions.has('moves')) {
      const to = entries.paths.bytes(entries.elsewhere(entry));
      plan.renamed.set(
        entries.line(entry),
        startsWithDot(entries.name(entry)) ? Buffer.concat([Buffer.from('./'), to]) : to,
      );
    }
    const actual = status === 'changed' ? entries.actual(entry) : null;
    const path = entries.path(entry);
    if (actual !== null && path >= 0 && wanted.has(Buffer.from(entries.paths.bytes(path)).toString('latin1'))) {
      plan.accepted.set(entries.line(entry), actual.slice());
    }
  }
  // A disk that is not mounted is an empty folder.
  if (plan.dropped.size > 0 && present === 0) {
    refuse(attempt, 'UPDATE_NOTHING_LEFT', 'none of the files is there, so none is dropped from the list');
  }
  return plan;
}

/** Without their ends; the byte-order mark belongs to the first. */
async function readLines(
  manifest: string,
  { lineEnding }: Recognised,
  sha256: string,
  attempt: string,
): Promise<Lines> {
  const hash = createHash('sha256');
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(Buffer.from(nameBytes(manifest)))) {
    hash.update(chunk as Buffer);
    chunks.push(chunk as Buffer);
  }
  if (hash.digest('hex') !== sha256) refuse(attempt, 'UPDATE_CHANGED', 'it has been changed since it was verified');
  return new Lines(Buffer.concat(chunks), lineEnding === '\0' ? 0 : 0x0a);
}

/** The lines of a list, in place. */
class Lines {
  readonly bytes: Buffer;
  readonly terminator: number;

  constructor(bytes: Buffer, terminator: number) {
    this.bytes = bytes;
    this.terminator = terminator;
  }

  /** Each with where it begins and where it ends, without its end; `next`: behind that. */
  *all(): Generator<{ readonly line: number; readonly content: Buffer; readonly end: Buffer }, void> {
    let line = 0;
    for (let start = 0; start < this.bytes.length; ) {
      const found = this.bytes.indexOf(this.terminator, start);
      const next = found < 0 ? this.bytes.length : found + 1;
      let end = found < 0 ? this.bytes.length : found;
      if (this.terminator === 0x0a && found >= 0 && end > start && this.bytes[end - 1] === 0x0d) end--;
      yield { line: ++line, content: this.bytes.subarray(start, end), end: this.bytes.subarray(end, next) };
      start = next;
    }
  }
}

const mark = Buffer.from('\ufeff');

/** The byte-order mark of the first line, which belongs to no entry. */
function markOf(content: Buffer): Buffer {
  return content.subarray(0, mark.length).equals(mark) ? mark : Buffer.alloc(0);
}

function formOf(content: Buffer, { dialect }: Recognised): LineForm | null {
  return parseLine(dialect, content.subarray(markOf(content).length));
}

function* rewritten(
  attempt: string,
  lines: Lines,
  recognised: Recognised,
  { dropped, renamed, accepted }: Plan,
  added: readonly Uint8Array[],
): Generator<Uint8Array, void> {
  let isEnded = true;
  for (const { line, content, end } of lines.all()) {
    if (dropped.has(line)) {
      // The mark stays at the beginning of the file.
      if (line === 1) yield markOf(content);
      continue;
    }
    const [name, digest] = [renamed.get(line), accepted.get(line)];
    if (name === undefined && digest === undefined) yield content;
    else {
      const form = formOf(content, recognised) ?? refuse(attempt, 'UPDATE_LINE', `line ${line} cannot be rewritten`);
      yield markOf(content);
      yield written(attempt, { ...form, ...(name && { name }), ...(digest && { digest }) }, recognised);
    }
    yield end;
    isEnded = end.length > 0;
  }
  const ending = Buffer.from(recognised.lineEnding);
  if (added.length > 0 && !isEnded) yield ending;
  for (const line of added) {
    yield line;
    yield ending;
  }
}

function written(attempt: string, form: LineForm, { dialect, lineEnding }: Recognised): Uint8Array {
  const line = writeLine(form, lineEnding === '\0');
  if (line === null) {
    refuse(attempt, 'UPDATE_NAME', `lists of the form ${dialect} cannot carry the name ${shownName(form.name)}`);
  }
  return line;
}

/** Lines for the files that no entry names, each like the first line of its algorithm. */
async function addedLines(
  attempt: string,
  { entries, unlisted, root }: Verified,
  lines: Lines,
  recognised: Recognised,
  steps: Steps,
): Promise<Uint8Array[]> {
  if (unlisted.length === 0) return [];
  const templates = new Map<AlgorithmName, LineForm>();
  const byLine = new Map<number, AlgorithmName>();
  for (let entry = 0; entry < entries.count; entry++) {
    const [name] = entries.algorithms(entry);
    if (name !== undefined && ![...byLine.values()].includes(name)) byLine.set(entries.line(entry), name);
  }
  for (const { line, content } of lines.all()) {
    const name = byLine.get(line);
    const form = name === undefined ? null : formOf(content, recognised);
    if (name !== undefined && form !== null) templates.set(name, form);
  }
  if (templates.size === 0) refuse(attempt, 'UPDATE_LINE', 'it has no line that a new one could be made like');
  const names = [...templates.keys()].sort((a, b) => algorithm(a).id - algorithm(b).id);
  const found = new Map<number, Uint8Array>();
  const hashing = new HashPaths({
    steps,
    root,
    record(path, batch, index) {
      const digests = names.map((name) => batch.digest(index, name));
      if (digests.every((digest) => digest !== null)) found.set(path, Buffer.concat(digests));
      else refuse(attempt, batch.errorCode(index), `${shownName(entries.paths.bytes(path))} could not be read`);
    },
  });
  for (const path of unlisted) await hashing.add(path, entries.paths.bytes(path), names);
  await hashing.finish();
  return unlisted.flatMap((path) =>
    names.map((name, at) => {
      const start = digestBytes(names.slice(0, at));
      const digest = found.get(path)!.subarray(start, start + algorithm(name).digestLength);
      const form = templates.get(name)!;
      const bytes = entries.paths.bytes(path);
      const own = startsWithDot(form.name) ? Buffer.concat([Buffer.from('./'), bytes]) : bytes;
      return written(attempt, { ...form, name: own, digest }, recognised);
    }),
  );
}
