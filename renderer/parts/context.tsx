import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { JobsModel } from '../jobs/jobs-model.ts';
import type { Offers } from '../offers/offers.ts';
import type { ResultsSnapshot } from '../results/results-model.ts';
import type { Actions } from '../state/actions.ts';
import type { AppState } from '../state/app-state.ts';
import type { LiveState } from '../state/live-state.ts';
import type { Session } from '../state/session.ts';

export interface AppContext {
  readonly session: Session;
  readonly actions: Actions;
  readonly offers: Offers;
  readonly jobs: JobsModel;
}

const Context = createContext<AppContext | null>(null);

export const AppProvider = Context.Provider;

export function useApp(): AppContext {
  const value = useContext(Context);
  if (value === null) throw new Error('useApp is called outside AppProvider.');
  return value;
}

export function useAppState<T>(select: (state: AppState) => T): T {
  return useStore(useApp().session.app, select);
}

/** Draws up to ten times a second: keep what uses it small. */
export function useLive<T>(select: (state: LiveState) => T): T {
  return useStore(useApp().session.live, select);
}

export function useResults<T>(select: (state: ResultsSnapshot) => T): T {
  return useStore(useApp().session.results.store, select);
}
