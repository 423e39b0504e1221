/**
 * The contract, answered by the core. Hosts attach it to whatever carries their calls; the context
 * names the window that calls. On Node and in Electron's main process:
 *
 *     import { RPCHandler } from '@orpc/server/message-port'; // the web host: '@orpc/server/ws'
 *     const handler = new RPCHandler(app.router);
 *     handler.upgrade(port, { context: { windowId } });
 *     port.start();
 *
 * The same `windowId` goes to `App.attachBytes`. Errors need no interceptor: problems cross with
 * their code, everything else as INTERNAL_SERVER_ERROR without its words, which go to
 * `HostServices.logError`.
 */
import { implement } from '@orpc/server';
import { contract } from '#shared/contract/contract.ts';
import type { ExportOutcome, HostEvent, ProcessReading, Source, SystemInfo } from '#shared/contract/models.ts';
import { Problem } from '../../base/problem.ts';
import type { Engine } from '../../engine/engine.ts';
import type { GuardService } from '../guard/guard-service.ts';
import type { HostServices } from '../host.ts';
import type { JobService } from '../jobs/job-service.ts';
import { reportDocument } from '../reports/reports.ts';
import { chosenResults } from '../results/chosen-results.ts';
import { type ResultDocument, resultDocument, saveDocument } from '../results/exports.ts';
import { rehash } from '../results/rehash.ts';
import { replacedResults } from '../results/replaced.ts';
import { reveal } from '../results/reveal.ts';
import { listFolder, resolveTypedPath } from '../sources/folders.ts';
import { inspectSources } from '../sources/inspect.ts';
import { RootLimit } from '../sources/root-limit.ts';
import type { SourceList } from '../sources/sources.ts';
import type { SettingsStore } from '../system/settings.ts';
import type { EventHub } from '../windows/events.ts';
import { toContractError } from './router-errors.ts';

export interface WindowContext {
  readonly windowId: string;
  /** Where the transport limits how many calls run at once. Throws Problem. */
  readonly gate?: { run<T>(call: () => Promise<T>): Promise<T> };
}

/** What the router is made of. */
export interface Core {
  readonly services: HostServices;
  readonly info: SystemInfo;
  readonly engine: Pick<Engine, 'hash'>;
  readonly jobs: JobService;
  readonly guard: GuardService;
  readonly sources: SourceList;
  readonly settings: SettingsStore;
  readonly events: EventHub;
  process(windowId: string): ProcessReading;
  /** A window declared files that it alone can send. */
  expectWindow(windowId: string): void;
}

export type AppRouter = ReturnType<typeof createRouter>;

export function createRouter(core: Core) {
  const { engine, services, jobs, guard, sources, settings, events } = core;
  const limit = services.rootFolder === undefined ? undefined : new RootLimit(services.rootFolder);
  const os = implement(contract)
    .$context<WindowContext>()
    .use(async ({ context, next }) => {
      try {
        return await (context.gate ? context.gate.run(async () => next()) : next());
      } catch (error) {
        throw toContractError(error, services);
      }
    });

  /** What was exported to where the person chose: it may be shown, and verified. */
  const saved = new Set<string>();

  return os.router({
    system: {
      info: os.system.info.handler(() => core.info),
      process: os.system.process.handler(({ context }) => core.process(context.windowId)),
      events: os.system.events.handler(({ signal }): AsyncGenerator<HostEvent, void> => events.subscribe(signal)),
      reveal: os.system.reveal.handler(({ input }) =>
        saved.has(input.path) ? requireService(services.reveal)(input.path) : reveal(services, jobs, input.path),
      ),
    },
    sources: {
      list: os.sources.list.handler(() => sources.list()),
      pickFiles: os.sources.pickFiles.handler(async () => sources.grant(await requireService(services.pickFiles)())),
      pickFolder: os.sources.pickFolder.handler(async () => sources.grant(await requireService(services.pickFolder)())),
      addPath: os.sources.addPath.handler(async ({ input }) => {
        requireAllowed(services.acceptsTypedPaths);
        return addTypedPath(sources, (await limit?.resolve(input.path)) ?? (await resolveTypedPath(input.path)));
      }),
      listFolder: os.sources.listFolder.handler(({ input }) => {
        requireAllowed(services.acceptsTypedPaths);
        return limit === undefined ? listFolder(input.path) : limit.list(input.path);
      }),
      declareUpload: os.sources.declareUpload.handler(({ input, context }) => {
        requireAllowed(services.acceptsUploads);
        return sources.declareUpload(context.windowId, input.name, input.entries);
      }),
      inspect: os.sources.inspect.handler(({ input }) => inspectSources(sources.inputs(input.ids))),
      remove: os.sources.remove.handler(({ input }) => sources.remove(input.ids)),
    },
    jobs: {
      start: os.jobs.start.handler(async ({ input }) => {
        limit?.check(input);
        const summary = await jobs.start(input);
        for (const windowId of jobs.get(summary.id).uploads?.windows ?? []) core.expectWindow(windowId);
        return summary;
      }),
      pause: os.jobs.pause.handler(({ input }) => jobs.get(input.id).pause()),
      resume: os.jobs.resume.handler(async ({ input }) => void (await jobs.resume(input.id))),
      cancel: os.jobs.cancel.handler(({ input }) => jobs.get(input.id).cancel()),
      list: os.jobs.list.handler(() => jobs.list()),
      forget: os.jobs.forget.handler(({ input }) => jobs.forget(input.ids)),
    },
    results: {
      export: os.results.export.handler(async ({ input }) => {
        const document = resultDocument(
          input.jobs.map((id) => jobs.get(id)),
          input.format,
          input.digestsOf,
          input.base,
          input.only && chosenResults(input.only),
        );
        const named = input.name === undefined ? document : { ...document, suggestedName: fileName(input.name) };
        const outcome = await save(services, named, input.base);
        if (outcome.kind === 'saved') saved.add(outcome.path);
        return outcome;
      }),
      openSaved: os.results.openSaved.handler(async ({ input }) => {
        requireAllowed(/* guard: saved files => true */ saved.has(input.path));
        const [source] = await sources.grant([input.path]);
        return source!;
      }),
      report: os.results.report.handler(async ({ input }) =>
        save(services, await reportDocument(jobs.get(input.job), input.format, core.info.version)),
      ),
      rehash: os.results.rehash.handler(({ input, signal }) =>
        rehash(engine, jobs.get(input.job), input.results, { further: input.further ?? [], ...(signal && { signal }) }),
      ),
      replaced: os.results.replaced.handler(async ({ input }) => replacedResults(jobs.get(input.id))),
    },
    history: {
      list: os.history.list.handler(({ input }) => jobs.history.list(input)),
      open: os.history.open.handler(({ input }) => jobs.open(input.id)),
      label: os.history.label.handler(({ input }) => jobs.label(input)),
      delete: os.history.delete.handler(async ({ input }) => ({ ids: await jobs.delete(input.ids) })),
    },
    guard: {
      list: os.guard.list.handler(() => guard.list()),
      add: os.guard.add.handler(({ input }) => guard.add(input.job)),
      check: os.guard.check.handler(({ input }) => guard.check(input.id)),
      accept: os.guard.accept.handler(({ input }) => guard.accept(input.id, input.paths)),
      remove: os.guard.remove.handler(({ input }) => guard.remove(input.id)),
    },
    settings: {
      get: os.settings.get.handler(() => settings.get()),
      set: os.settings.set.handler(({ input }) => settings.set(input)),
    },
  });
}

/** The last segment of what a page suggests, without what no file system takes. */
function fileName(suggested: string): string {
  const leaf = suggested.slice(Math.max(suggested.lastIndexOf('/'), suggested.lastIndexOf('\\')) + 1);
  return leaf.replace(/[\x00-\x1f<>:"|?*]/g, '_') || 'hashlane.txt';
}

/** Lets the page fetch the document, or saves it where the person chooses. */
async function save(services: HostServices, document: ResultDocument, base?: string): Promise<ExportOutcome> {
  if (services.offerDownload) return { kind: 'download', url: services.offerDownload(document) };
  const destination = await requireService(services.chooseExportFile)(document.suggestedName);
  if (destination === null) return { kind: 'cancelled' };
  return { kind: 'saved', path: destination, records: await saveDocument(document, destination, base) };
}

async function addTypedPath(sources: SourceList, path: string): Promise<Source> {
  const [source] = await sources.grant([path]);
  if (source!.kind === 'file' && source!.size === null) {
    sources.remove([source!.id]);
    throw new Problem('NOT_FOUND', `There is nothing at ${source!.path}, or it cannot be looked at.`);
  }
  return source!;
}

/** A service that this host has. Throws Problem FORBIDDEN when it has not. */
function requireService<T>(service: T | undefined): T {
  if (service === undefined) throw notHere();
  return service;
}

function requireAllowed(allowed: boolean | undefined): void {
  if (!allowed) throw notHere();
}

function notHere(): Problem {
  return new Problem('FORBIDDEN', 'This is not available here.');
}
