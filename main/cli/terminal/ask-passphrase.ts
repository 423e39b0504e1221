/** Asks for a passphrase on the terminal, whatever standard input is, and shows nothing of what is typed. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { FailedAttempt, InterruptedError } from '../errors.ts';

/** No tool takes longer ones. */
const maxBytes = 1024;

const key = { interrupt: 0x03, end: 0x04, backspace: 0x08, feed: 0x0a, enter: 0x0d, clear: 0x15, delete: 0x7f };

/** What was typed before Enter. Rejects with FailedAttempt without a terminal, InterruptedError for Ctrl+C and `signal`. */
export async function askPassphrase(prompt: string, signal: AbortSignal): Promise<Uint8Array> {
  const terminal = openTerminal();
  try {
    // Before anything is asked, for whoever is quick types at once.
    // guard: no echo of passphrases
    terminal.input.setRawMode(true);
    terminal.write(prompt);
    return await typed(terminal.input, signal);
  } finally {
    terminal.write('\n');
    terminal.close();
  }
}

interface Terminal {
  readonly input: ReadStream;
  write(text: string): void;
  close(): void;
}

function openTerminal(): Terminal {
  try {
    if (process.platform === 'win32') {
      if (!process.stdin.isTTY) throw Object.assign(new Error('standard input is none'), { code: 'NO_TERMINAL' });
      const { stdin } = process;
      return { input: stdin as ReadStream, write: (text) => process.stderr.write(text), close: () => stdin.pause() };
    }
    const writing = openSync('/dev/tty', 'w');
    const input = new ReadStream(openSync('/dev/tty', 'r'));
    return {
      input,
      write: (text) => writeSync(writing, text),
      close: () => {
        input.destroy();
        closeSync(writing);
      },
    };
  } catch (error) {
    throw new FailedAttempt('cannot ask for the passphrase, for there is no terminal; give --passphrase-file', error);
  }
}

function typed(input: ReadStream, signal: AbortSignal): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    let bytes: number[] = [];
    const end = (settle: () => void): void => {
      input.removeListener('data', take);
      signal.removeEventListener('abort', interrupt);
      input.setRawMode(false);
      settle();
    };
    const interrupt = (): void => end(() => reject(new InterruptedError()));
    const take = (chunk: Buffer): void => {
      for (const byte of chunk) {
        const isInterrupt = byte === key.interrupt || (byte === key.end && bytes.length === 0);
        const isEnd = byte === key.enter || byte === key.feed;
        if (isInterrupt) interrupt();
        if (isEnd) end(() => resolve(Uint8Array.from(bytes)));
        if (isInterrupt || isEnd) return;
        if (byte === key.clear) bytes = [];
        else if (byte === key.backspace || byte === key.delete) bytes = withoutLast(bytes);
        else if (bytes.length < maxBytes) bytes.push(byte);
      }
    };
    if (signal.aborted) {
      reject(new InterruptedError());
      return;
    }
    signal.addEventListener('abort', interrupt, { once: true });
    input.on('data', take);
    input.once('error', (error) => end(() => reject(new FailedAttempt('cannot read the passphrase', error))));
  });
}

/** Without the last character, which in UTF-8 may have several bytes. */
function withoutLast(bytes: readonly number[]): number[] {
  let length = bytes.length - 1;
  while (length > 0 && (bytes[length]! & 0xc0) === 0x80) length--;
  return bytes.slice(0, Math.max(0, length));
}
