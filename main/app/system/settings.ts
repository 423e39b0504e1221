/** What the person has set, kept in `settings.json` in the data folder. */
import { readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { defaultSettings, type Settings, settings as settingsSchema } from '#shared/contract/models.ts';
import { FailedAttempt } from '../../base/failed-attempt.ts';
import { replaceFile } from '../../base/output/output.ts';
import { Problem } from '../../base/problem.ts';
import { describeSystemError, systemCode } from '../../base/system-error.ts';

/**
 * Reads the settings; hosts do so before they load the engine, for threads and memory limit.
 * Settings that an older version did not know are the defaults. A damaged file is kept aside as
 * `settings.damaged.json` and the defaults hold.
 */
export function readSettings(dataFolder: string): Settings {
  const file = settingsFile(dataFolder);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return defaultSettings;
  }
  const parsed = parse(text);
  if (parsed !== null) return parsed;
  try {
    renameSync(file, path.join(dataFolder, 'settings.damaged.json'));
  } catch {
    // It stays where it is and is overwritten at the next change; the defaults hold either way.
  }
  return defaultSettings;
}

function parse(text: string): Settings | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    return settingsSchema.safeParse({ ...defaultSettings, ...value }).data ?? null;
  } catch {
    return null;
  }
}

function settingsFile(dataFolder: string): string {
  return path.join(dataFolder, 'settings.json');
}

/** The members of `settings` that are to change; a member that is undefined stays as it is. */
export type SettingsChange = { readonly [Name in keyof Settings]?: Settings[Name] | undefined };

export class SettingsStore {
  readonly #dataFolder: string;
  readonly #changed: () => void;
  #current: Settings;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(dataFolder: string, changed: () => void) {
    this.#dataFolder = dataFolder;
    this.#changed = changed;
    this.#current = readSettings(dataFolder);
  }

  get(): Settings {
    return this.#current;
  }

  /** Resolves once the change is on the disk. Throws Problem UNWRITABLE, and nothing changes then. */
  set(change: SettingsChange): Promise<Settings> {
    const written = this.#writing.then(() => this.#write(change));
    this.#writing = written.catch(() => undefined);
    return written;
  }

  async #write(change: SettingsChange): Promise<Settings> {
    const given = Object.entries(change).filter(([, value]) => value !== undefined);
    const next = settingsSchema.parse({ ...this.#current, ...Object.fromEntries(given) });
    try {
      const bytes = new TextEncoder().encode(`${JSON.stringify(next, null, 2)}\n`);
      // The last change wins, whichever host made it.
      await replaceFile(settingsFile(this.#dataFolder), [bytes], { mode: 0o600, replaceChanged: true });
    } catch (error) {
      const cause = error instanceof FailedAttempt ? error.cause : error;
      throw new Problem(
        'UNWRITABLE',
        `The settings cannot be saved: ${describeSystemError(cause)}.`,
        systemCode(cause),
      );
    }
    this.#current = next;
    this.#changed();
    return next;
  }
}
