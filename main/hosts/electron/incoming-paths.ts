/**
 * Paths that come from outside the window: this process's arguments, those of a second instance,
 * files the macOS Finder opens. Some come before the core is there, and a file manager may start
 * one process per selected file: they are collected for a moment and handed over together.
 */
import { app } from 'electron';
import * as z from 'zod';
import { limits } from '#shared/contract/models.ts';
import { pathsOfArguments } from './arguments.ts';

const settleMs = 200;

const secondInstance = z.object({ paths: z.array(z.string().max(limits.pathLength)).max(limits.sources) });

class IncomingPaths {
  #waiting: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #receive: ((paths: string[]) => void) | undefined;

  add(paths: readonly string[]): void {
    this.#waiting.push(...paths);
    if (this.#receive === undefined || this.#timer !== undefined || this.#waiting.length === 0) return;
    this.#timer = setTimeout(() => this.#flush(), settleMs);
  }

  /** Must be called before `ready`, or the file that started the app on macOS is missed. */
  listen(): void {
    app.on('open-file', (event, path) => {
      event.preventDefault();
      this.add([path]);
    });
    app.on('second-instance', (_event, argv, cwd, data) => {
      const parsed = secondInstance.safeParse(data);
      // Electron loses the data of some starts on the way (seen with 33 on Linux); the arguments arrive.
      const paths = parsed.success
        ? parsed.data.paths
        : pathsOfArguments(argv, { cwd, hasAppArgument: process.defaultApp === true });
      this.add(paths);
    });
  }

  /** From now on `receive` gets what waits and what comes. */
  deliverTo(receive: (paths: string[]) => void): void {
    this.#receive = receive;
    this.#flush();
  }

  #flush(): void {
    this.#timer = undefined;
    const paths = this.#waiting;
    this.#waiting = [];
    if (paths.length > 0) this.#receive?.(paths);
  }
}

export const incomingPaths = new IncomingPaths();
