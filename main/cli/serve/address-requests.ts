/**
 * Calls `listener` whenever the person wants a new address: by Enter in the terminal, or by the
 * signal SIGUSR2 where there is none.
 */
import { readFileSync } from 'node:fs';

/** Returns what ends it. */
export function onAddressRequest(listener: () => void): () => void {
  if (process.platform !== 'win32') process.on('SIGUSR2', listener);
  const stopReading = process.stdin.isTTY ? readTerminal(listener) : () => undefined;
  return () => {
    process.off('SIGUSR2', listener);
    stopReading();
  };
}

/** Reads only in the foreground: the system stops a background process that reads its terminal. */
function readTerminal(listener: () => void): () => void {
  const { stdin } = process;
  const onData = (): void => listener();
  const update = (): void => {
    if (isInForeground()) stdin.resume();
    else stdin.pause();
  };
  stdin.on('data', onData);
  stdin.on('error', () => stdin.pause());
  // `bg` and `fg` of a shell continue the process.
  if (process.platform !== 'win32') process.on('SIGCONT', update);
  update();
  return () => {
    process.off('SIGCONT', update);
    stdin.off('data', onData);
    stdin.pause();
  };
}

/** Whether this process group owns the terminal; only Linux says so without help. */
function isInForeground(): boolean {
  if (process.platform !== 'linux') return true;
  try {
    return ownsTerminal(readFileSync('/proc/self/stat', 'latin1'));
  } catch {
    return true;
  }
}

/** By the fields `pgrp` and `tpgid` of proc(5), which follow the command's name in parentheses. */
function ownsTerminal(stat: string): boolean {
  const [, , group, , , terminalGroup] = stat
    .slice(stat.lastIndexOf(')') + 1)
    .trim()
    .split(' ');
  return group === terminalGroup;
}
