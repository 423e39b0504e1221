/** What changes when a person or a job does something. What changes all the time is in `live-state.ts`. */

import type { JobSummary, Settings, Source, SystemInfo, WalkOptions } from '#shared/contract/models.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import type { ConnectionState } from '../client/client.ts';

export type Dialog = 'save' | 'settings' | 'folder' | 'guard' | 'shortcuts' | 'guide';

export interface Notice {
  readonly id: number;
  /** Problems stay until they are dismissed. */
  readonly kind: 'done' | 'problem';
  readonly text: string;
  readonly undo: (() => void) | null;
}

export interface AppState {
  readonly connection: ConnectionState;
  readonly system: SystemInfo | null;
  readonly settings: Settings | null;
  /** How folders are to be walked, while the host has not answered yet; takes precedence over the settings. */
  readonly pendingWalk: WalkOptions | null;
  /** Likewise the algorithms. */
  readonly pendingAlgorithms: readonly AlgorithmName[] | null;
  /** Added and waiting for Start. */
  readonly sources: readonly Source[];
  /** Something is being added: files are listed, or the host is asked. */
  readonly adding: boolean;
  readonly starting: boolean;
  /** Every job of this run of the host, of any kind, in the order in which the window learned of them. */
  readonly allJobs: readonly JobSummary[];
  /** Those of them whose results are shown: of one kind, in the order in which they began. */
  readonly jobs: readonly JobSummary[];
  /** Those that are shown and were at work together last. */
  readonly run: readonly number[];
  /** How many entries a job will judge, by its id, where this window knows. */
  readonly expectedEntries: ReadonlyMap<number, number>;
  readonly dialog: Dialog | null;
  readonly diagnosticsOpen: boolean;
  readonly detailsOpen: boolean;
  readonly notices: readonly Notice[];
}

export const initialAppState: AppState = {
  connection: 'connecting',
  system: null,
  settings: null,
  pendingWalk: null,
  pendingAlgorithms: null,
  sources: [],
  adding: false,
  starting: false,
  allJobs: [],
  jobs: [],
  run: [],
  expectedEntries: new Map(),
  dialog: null,
  diagnosticsOpen: false,
  detailsOpen: false,
  notices: [],
};

/** What Start would compute: the last choice, answered by the host or not. */
export function chosenAlgorithms(state: AppState): readonly AlgorithmName[] | undefined {
  return state.pendingAlgorithms ?? state.settings?.algorithms;
}
