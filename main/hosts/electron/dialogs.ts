/** What only this host can do for the core: native dialogs and the file manager. */
import path from 'node:path';
import { app, type BrowserWindow, dialog, type OpenDialogOptions, shell } from 'electron';
import type { HostServices } from '../../app/host.ts';

/** Dialogs forget where they were: each kind starts where it was last used. */
class Folders {
  #last = new Map<'open' | 'export', string>();
  of(kind: 'open' | 'export'): string {
    return this.#last.get(kind) ?? app.getPath(kind === 'open' ? 'home' : 'documents');
  }
  remember(kind: 'open' | 'export', chosen: string | undefined): void {
    if (chosen !== undefined) this.#last.set(kind, path.dirname(chosen));
  }
}

export interface ElectronServiceOptions {
  window(): BrowserWindow | undefined;
  /** Chosen in a dialog. */
  picked(paths: readonly string[]): void;
  readonly canUpdate: boolean;
  logError(error: unknown): void;
}

export function electronServices({ window, picked, canUpdate, logError }: ElectronServiceOptions): HostServices {
  const folders = new Folders();

  async function pick(title: string, properties: OpenDialogOptions['properties']): Promise<string[]> {
    const options: OpenDialogOptions = { title, defaultPath: folders.of('open'), properties: [...(properties ?? [])] };
    const parent = window();
    const { filePaths } = parent ? await dialog.showOpenDialog(parent, options) : await dialog.showOpenDialog(options);
    folders.remember('open', filePaths[0]);
    picked(filePaths);
    return filePaths;
  }

  return {
    kind: 'electron',
    // guard: typed paths
    acceptsTypedPaths: false,
    pickFiles: () => pick('Add files', ['openFile', 'multiSelections', 'showHiddenFiles']),
    pickFolder: () => pick('Add folder', ['openDirectory', 'multiSelections', 'showHiddenFiles']),
    async chooseExportFile(suggestedName) {
      const options = { title: 'Export results', defaultPath: path.join(folders.of('export'), suggestedName) };
      const parent = window();
      const { filePath } = parent ? await dialog.showSaveDialog(parent, options) : await dialog.showSaveDialog(options);
      if (!filePath) return null;
      folders.remember('export', filePath);
      return filePath;
    },
    reveal: (file) => shell.showItemInFolder(file),
    canUpdate,
    logError,
  };
}
