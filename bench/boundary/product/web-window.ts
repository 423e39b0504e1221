/**
 * The window of the web host, without a page: connects, takes batches into a table, polls the stats and
 * acknowledges with the renderer's own parts.
 */
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { WebSocket as Socket } from 'ws';
import { socketProtocol, socketSecretPrefix, tokenParameter, webRoutes } from '#shared/contract/bridge.ts';
import type { HostEvent, JobStatus } from '#shared/contract/models.ts';
import { hostEvent } from '#shared/contract/models.ts';
import { statsMagic } from '#shared/stats/layout.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import type { Api } from '../../../renderer/client/client.ts';
import { Reception } from '../../../renderer/results/reception.ts';
import { ResultTable } from '../../../renderer/results/result-table.ts';
import { StatsPoller } from '../../../renderer/state/stats-poller.ts';

export class WebWindow {
  /** Replaced when it is emptied. */
  table = new ResultTable();
  readonly api: Api;
  readonly #calls: Socket;
  readonly #bytes: Socket;
  readonly #reception: Reception;
  readonly #poller: StatsPoller;
  readonly #statuses = new Map<number, JobStatus>();
  /** Looked at after every frame and every event. */
  readonly #waiters = new Set<() => void>();
  batches = 0;
  readings = 0;

  private constructor(calls: Socket, bytes: Socket) {
    this.#calls = calls;
    this.#bytes = bytes;
    this.api = createORPCClient<Api>(new RPCLink({ websocket: calls as unknown as WebSocket }));
    const send = (request: unknown): void => bytes.send(JSON.stringify(request));
    this.#reception = new Reception(send, {
      folders: (jobId, folders) => this.table.setFolders(jobId, folders),
      batch: (batch) => {
        this.batches += 1;
        this.table.append(batch);
      },
      broken: (jobId, code) => {
        throw new Error(`Job ${jobId}: ${code}`);
      },
    });
    this.#poller = new StatsPoller(send, () => {
      this.readings += 1;
    });
    bytes.binaryType = 'arraybuffer';
    bytes.on('message', (data) => this.#take(new Uint8Array(data as ArrayBuffer)));
  }

  /** @param address as the host prints it, with the token */
  static async open(address: string): Promise<WebWindow> {
    const url = new URL(address);
    const token = new URLSearchParams(url.hash.slice(1)).get(tokenParameter)!;
    const exchange = { method: 'POST', body: token, headers: { origin: url.origin } };
    const secret = await (await fetch(new URL(webRoutes.session, url), exchange)).text();
    const open = async (route: string): Promise<Socket> => {
      const protocols = [socketProtocol, socketSecretPrefix + secret];
      const socket = new Socket(`ws://${url.host}${route}?window=benchmark-window`, protocols, {
        headers: { origin: url.origin },
        maxPayload: 8 << 20,
      });
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
      return socket;
    };
    const window = new WebWindow(await open(webRoutes.contract), await open(webRoutes.bytes));
    const events = await window.api.system.events();
    void window.#follow(events);
    return window;
  }

  /** Hashes a folder; resolves when every row is in the table and the job has ended. */
  async hash(folder: string, algorithms: readonly AlgorithmName[]): Promise<JobStatus> {
    const source = await this.api.sources.addPath({ path: folder });
    const { walk } = await this.api.settings.get();
    this.#poller.want('diagnostics', true);
    const { id } = await this.api.jobs.start({ kind: 'hash', sources: [source.id], algorithms: [...algorithms], walk });
    const status = await this.#until(() => {
      const last = this.#statuses.get(id);
      const ended = last !== undefined && last.state !== 'running';
      return ended && this.#reception.received(id) === last.batches ? last : undefined;
    });
    this.#poller.want('diagnostics', false);
    return status;
  }

  /** Gives up all rows, here and there. */
  async forget(jobId: number): Promise<void> {
    this.#reception.forget([jobId]);
    this.table = new ResultTable();
    await this.api.jobs.forget({ ids: [jobId] });
  }

  close(): void {
    this.#calls.terminate();
    this.#bytes.terminate();
  }

  #take(frame: Uint8Array): void {
    const magic = new DataView(frame.buffer, frame.byteOffset).getUint32(0, true);
    if (magic === statsMagic) this.#poller.take(frame);
    else this.#reception.take(frame);
    this.#look();
  }

  async #follow(events: AsyncIterable<HostEvent>): Promise<void> {
    try {
      for await (const raw of events) {
        const event = hostEvent.parse(raw);
        if (event.kind === 'job') this.#reception.follow(event.job);
        if (event.kind === 'job' || event.kind === 'status') this.#statuses.set(event.job.id, event.job);
        this.#look();
      }
    } catch {
      // The host has gone; whoever waits for it says so.
    }
  }

  #look(): void {
    for (const look of this.#waiters) look();
  }

  #until<T>(found: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const look = (): void => {
        const value = found();
        if (value === undefined) return;
        this.#waiters.delete(look);
        resolve(value);
      };
      this.#waiters.add(look);
      look();
    });
  }
}
