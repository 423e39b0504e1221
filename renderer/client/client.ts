/**
 * The one thing the window talks to. It hides which host answers: what differs between hosts is
 * behind a method here, or is told by a capability.
 */
import type { ContractRouterClient } from '@orpc/contract';
import type { CommandName } from '#shared/commands/commands.ts';
import type { ByteChannelRequest } from '#shared/contract/byte-channel.ts';
import type { Contract } from '#shared/contract/contract.ts';
import type { HostEvent, JobSummary, Source } from '#shared/contract/models.ts';

export type Api = ContractRouterClient<Contract>;

export interface Capabilities {
  /** Folders are chosen by browsing the host's own disk in the page; else by a native dialog. */
  readonly canBrowseServer: boolean;
  /** This page takes the place of one that ended unexpectedly. */
  readonly recovered: boolean;
  /** A hashed file can be shown in the system's file manager. */
  readonly canReveal: boolean;
}

export type ConnectionState = 'connecting' | 'connected' | 'lost';

export interface ClientListener {
  /** `connected` means that calls, events and bytes all work; anew after each loss. */
  connection(state: ConnectionState): void;
  event(event: HostEvent): void;
  /** One frame of the byte channel each: the stats block, a result batch, or a block of a kind's own records. */
  stats(bytes: Uint8Array): void;
  batch(bytes: Uint8Array): void;
  records(bytes: Uint8Array): void;
}

export interface Client {
  readonly capabilities: Capabilities;
  /** The typed calls. They reject with DisconnectedError while there is no connection. */
  readonly api: Api;
  /** Connects, and connects again whenever the connection is lost. Call it once. */
  open(listener: ClientListener): void;
  /** Tries at once instead of after the pause. */
  reconnect(): void;
  send(request: ByteChannelRequest): void;
  /** Asks the person for files; empty when they changed their mind. */
  pickFiles(): Promise<Source[]>;
  /** Asks the person for a folder by a native dialog; only without `canBrowseServer`. */
  pickFolder(): Promise<Source[]>;
  /** Must be called within the drop event: browsers empty the DataTransfer when it returns. */
  addDropped(dropped: DataTransfer): Promise<Source[]>;
  /** Sends the bytes of the job's upload sources, if it has any that were dropped in this window. */
  sendUploads(job: JobSummary): void;
  stopUploads(jobId: number): void;
  /** Forgets files that will not be uploaded after all. */
  dropUploads(sourceIds: readonly string[]): void;
  /** Fetches an export that the host offers under this address. */
  download(url: string): void;
  /** Commands chosen in a menu outside the page, where the host has one. Returns what ends it. */
  onCommand(listener: (name: CommandName) => void): () => void;
  /** What that menu can offer now. */
  tellCommands(available: readonly CommandName[]): void;
}

/** What the host would not do; `message` is fit to be shown. */
export class RefusedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RefusedError';
  }
}

export class DisconnectedError extends Error {
  constructor() {
    super('There is no connection to Hashlane.');
    this.name = 'DisconnectedError';
  }
}
