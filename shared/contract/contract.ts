/**
 * The one typed contract between hosts and renderer. Electron carries it over a MessagePort, the
 * web host over a WebSocket; batches and stats travel beside it as bytes (`byte-channel.ts`).
 */
import { eventIterator, oc } from '@orpc/contract';
import * as z from 'zod';
import { limits } from '../jobs/limits.ts';
import { algorithmList } from './algorithms.ts';
import { guardedFiles, guardedFolder, guardId } from './guard.ts';
import { historyEntry, historyLabel, historyPage, historyQuery } from './history.ts';
import { jobId } from './job-id.ts';
import { jobSummary } from './jobs.ts';
import { jobSpec } from './kinds/registry.ts';
import { exportFormat, exportOutcome, rehashed, reportFormat, resultReference, someResults } from './results.ts';
import { settings } from './settings.ts';
import { folderListing, inspection, source, uploadEntry } from './sources.ts';
import { hostEvent, processReading, systemInfo } from './system.ts';

const oneJob = z.object({ id: jobId });
const someJobs = z.array(jobId).max(limits.jobs);
const problem = { data: z.object({ detail: z.string().optional() }).optional() };

/** Errors that a person can do something about; `message` is fit to be shown. */
const base = oc.errors({
  NOT_FOUND: problem,
  FORBIDDEN: problem,
  INPUT_TOO_LARGE: problem,
  CONFLICT: problem,
  UNREADABLE: problem,
  UNWRITABLE: problem,
});

export const contract = {
  system: {
    info: base.output(systemInfo),
    process: base.output(processReading),
    /** Everything the host wants to say from now on. Begins with one `settings`, a `job` per job, and what was forgotten. */
    events: base.output(eventIterator(hostEvent)),
    /** Shows a hashed file in the system's file manager; Electron only. */
    reveal: base.input(z.object({ path: z.string().max(limits.pathLength) })),
  },
  sources: {
    /** Granted and not yet part of a job. */
    list: base.output(z.array(source)),
    /** Native dialogs; Electron only. An empty list when the person cancelled. */
    pickFiles: base.output(z.array(source)),
    pickFolder: base.output(z.array(source)),
    /** A path typed by the person; web host only, for a page in Electron cannot forge a grant. */
    addPath: base.input(z.object({ path: z.string().min(1).max(limits.pathLength) })).output(source),
    listFolder: base.input(z.object({ path: z.string().max(limits.pathLength).nullable() })).output(folderListing),
    /** Files whose bytes the page will send: POST /upload/<job id>/<source id>/<index>. Web host only. */
    declareUpload: base
      .input(
        z.object({
          name: z.string().min(1).max(limits.nameLength),
          entries: z.array(uploadEntry).min(1).max(limits.uploadEntries),
        }),
      )
      .output(source),
    /** Whether waiting files are checksum files, by their names and contents. Those that wait no longer are left out. */
    inspect: base.input(z.object({ ids: z.array(z.string()).max(limits.inspections) })).output(z.array(inspection)),
    remove: base.input(z.object({ ids: z.array(z.string()).max(limits.sources) })),
  },
  jobs: {
    /** A kind each; see `kinds/`. */
    start: base.input(jobSpec).output(jobSummary),
    pause: base.input(oneJob),
    /** Lets a paused job run, or one of the history go on where it stood: files that are done are not read again. */
    resume: base.input(oneJob),
    cancel: base.input(oneJob),
    list: base.output(z.array(jobSummary)),
    /** Ended jobs are no longer among this run's, with their results; they stay in the history. */
    forget: base.input(z.object({ ids: someJobs })),
  },
  results: {
    /** All results of the jobs, in their order and in that of the walk, to a file the person chooses. */
    export: base
      .input(
        z.object({
          jobs: someJobs.min(1),
          format: exportFormat,
          digestsOf: algorithmList.optional(),
          /** Names below this folder are relative to it; default: where the file is saved, or what holds the sources. */
          base: z.string().min(1).max(limits.pathLength).optional(),
          /** Suggested for the file; without folders. */
          name: z.string().min(1).max(limits.fileName).optional(),
          /** Nothing else of these jobs is written. */
          only: z.array(someResults).max(limits.jobs).optional(),
        }),
      )
      .output(exportOutcome),
    /** A file that was saved by `export`, granted as if it had been picked, so that it can be verified. */
    openSaved: base.input(z.object({ path: z.string().max(limits.pathLength) })).output(source),
    /** What a job of another kind than hashing has found, to a file the person chooses. */
    report: base.input(z.object({ job: jobId, format: reportFormat })).output(exportOutcome),
    /** Reads the files of results once more, now, and compares; in the order in which they were named. */
    rehash: base
      .input(
        z.object({
          job: jobId,
          results: z.array(resultReference).min(1).max(limits.rehash),
          /** Computed in the same read, for what a result has no digest of. */
          further: algorithmList.optional(),
        }),
      )
      .output(z.array(rehashed)),
    /** Results of earlier runs of a job that went on, which later ones took the place of: no table shows them. */
    replaced: base.input(oneJob).output(z.array(resultReference)),
  },
  history: {
    /** Jobs of every kind whose journals are there, the newest first; no result is read. */
    list: base.input(historyQuery).output(historyPage),
    /** Makes a job of the history one of this run's: its results can be shown, exported and read once more. */
    open: base.input(oneJob).output(jobSummary),
    /** Gives it a name, or says whether limits may delete it. */
    label: base.input(historyLabel).output(historyEntry),
    /** Deletes journals, and with them the jobs and their results; running ones stay. Answers which are gone. */
    delete: base.input(z.object({ ids: someJobs })).output(z.object({ ids: z.array(jobId) })),
  },
  guard: {
    /** Folders on record, by their paths. */
    list: base.output(z.array(guardedFolder)),
    /** Puts the folder of a job that has ended on record, and starts reading it. */
    add: base.input(z.object({ job: jobId })).output(jobSummary),
    /** Starts a check of everything in a folder on record. */
    check: base.input(z.object({ id: guardId })).output(jobSummary),
    /** Takes files as they are now onto the record; what is gone leaves it. Only files on record. */
    accept: base.input(guardedFiles).output(z.object({ accepted: z.number().int() })),
    /** Takes the folder off record; its files stay. */
    remove: base.input(z.object({ id: guardId })),
  },
  settings: {
    get: base.output(settings),
    set: base.input(settings.partial()).output(settings),
  },
};

export type Contract = typeof contract;
