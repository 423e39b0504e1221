/**
 * What each command does and when it would do something. Keys and Electron's menu both go through
 * here, so that neither ever does what a button would refuse.
 */
import { type CommandName, commandNames } from '#shared/commands/commands.ts';
import type { JobSummary } from '#shared/contract/models.ts';
import type { AppContext } from '../parts/context.tsx';
import { isActive } from '../state/jobs.ts';

interface Command {
  isAvailable(context: AppContext): boolean;
  run(context: AppContext): void;
}

const isConnected = ({ session }: AppContext): boolean => {
  const { connection, settings } = session.app.getState();
  return connection === 'connected' && settings !== null;
};

const activeJobs = ({ session }: AppContext): JobSummary[] => session.app.getState().jobs.filter(isActive);

const isPaused = (context: AppContext): boolean => {
  const active = activeJobs(context);
  return active.length > 0 && active.every(({ state }) => state === 'paused');
};

/** Results of hashing, or the report of a job of another kind that has ended. */
function hasSomethingToSave({ session }: AppContext): boolean {
  const job = session.app.getState().jobs.at(-1);
  if (job === undefined || job.kind === 'hash') return session.results.store.getState().total > 0;
  return !isActive(job);
}

/** Presses what a person would press: the menu of formats opens at its button. */
function press(selector: string): void {
  const button = document.querySelector<HTMLButtonElement>(selector);
  button?.focus();
  // Menus open on pointer or key, not on click.
  button?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
}

const registry: Record<CommandName, Command> = {
  addFiles: { isAvailable: isConnected, run: ({ actions }) => void actions.addFiles() },
  addFolder: { isAvailable: isConnected, run: ({ actions }) => void actions.addFolder() },
  export: {
    isAvailable: (context) => isConnected(context) && hasSomethingToSave(context),
    run: () => press('[data-command=export]:not(:disabled)'),
  },
  start: {
    isAvailable: (context) => {
      const { sources, starting } = context.session.app.getState();
      return isConnected(context) && sources.length > 0 && !starting;
    },
    run: ({ actions }) => void actions.start(),
  },
  pause: {
    isAvailable: (context) => isConnected(context) && activeJobs(context).some(({ state }) => state === 'running'),
    run: ({ actions }) => void actions.pause(),
  },
  resume: {
    isAvailable: (context) => isConnected(context) && isPaused(context),
    run: ({ actions }) => void actions.resume(),
  },
  cancel: {
    isAvailable: (context) => isConnected(context) && activeJobs(context).some(({ state }) => state !== 'cancelling'),
    run: ({ actions }) => void actions.cancel(),
  },
  filter: {
    isAvailable: ({ session }) => session.app.getState().jobs.length > 0,
    run: () => document.querySelector<HTMLInputElement>('input[type=search]')?.focus(),
  },
  settings: { isAvailable: isConnected, run: ({ session }) => session.app.setState({ dialog: 'settings' }) },
  jobs: { isAvailable: () => true, run: ({ jobs }) => jobs.toggle() },
  diagnostics: {
    isAvailable: () => true,
    run: ({ session }) => session.openDiagnostics(!session.app.getState().diagnosticsOpen),
  },
  copyDiagnostics: {
    isAvailable: ({ session }) => session.app.getState().system !== null,
    run: ({ actions }) => void actions.copyDiagnostics(),
  },
  guide: { isAvailable: () => true, run: ({ session }) => session.app.setState({ dialog: 'guide' }) },
  shortcuts: { isAvailable: () => true, run: ({ session }) => session.app.setState({ dialog: 'shortcuts' }) },
};

/** The commands that would do something now: none while a dialog is open, which has its own buttons. */
export function availableCommands(context: AppContext): CommandName[] {
  if (context.session.app.getState().dialog !== null) return [];
  return commandNames.filter((name) => registry[name].isAvailable(context));
}

/** Does nothing for a command that is not available. */
export function runCommand(name: CommandName, context: AppContext): void {
  if (availableCommands(context).includes(name)) registry[name].run(context);
}
