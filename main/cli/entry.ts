/** The process around `run`: streams, signals, exit status. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exactArguments } from '../base/raw-names.ts';
import { loadEngine } from '../engine/native-engine.ts';
import { exitStatus } from './exit-status.ts';
import { run } from './main.ts';
import { processInput, processMessages, processOutput } from './process-streams.ts';
import { onAddressRequest } from './serve/address-requests.ts';

// Without a listener Node opens its debugger to the whole machine.
// guard: no debugger
if (process.platform !== 'win32') process.on('SIGUSR1', () => undefined);

const interruption = new AbortController();
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
let received: (typeof signals)[number] | undefined;
for (const signal of signals) {
  process.on(signal, () => {
    // The first one ends the work in good order; who sends another does not want to wait.
    if (interruption.signal.aborted) dieOf(signal);
    received = signal;
    interruption.abort();
  });
}

/** As if nobody had listened: a shell's loop ends only when its program was ended by the signal. */
function dieOf(signal: NodeJS.Signals): void {
  if (process.platform !== 'win32') {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  }
  // Where the signal is ignored, or there are none.
  setImmediate(() => process.exit(exitStatus.interrupted));
}

const ended = run(
  exactArguments(process.argv.slice(2), () => readFileSync('/proc/self/cmdline')),
  {
    openInput: processInput,
    askPassphrase: async (prompt) =>
      await (await import('./terminal/ask-passphrase.ts')).askPassphrase(prompt, interruption.signal),
    output: processOutput(),
    messages: processMessages(),
    interruption: interruption.signal,
    onAddressRequest: (listener) => onAddressRequest(listener),
    environment: process.env,
    loadEngine,
    assets: join(dirname(fileURLToPath(import.meta.url)), '..', 'renderer'),
  },
);
// Not just `process.exitCode`: standard input may still be open, and a blocked output unwritten.
void ended.then((status) => {
  if (status === exitStatus.interrupted && received !== undefined) dieOf(received);
  else process.exit(status);
});
