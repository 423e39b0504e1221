/**
 * Results on a terminal. There, and only there, control characters in names are made visible in
 * every format: the terminal would obey them, and nobody reads checksums back from a screen.
 */
import { makeVisible } from '#shared/text/visible.ts';
import type { ByteSink } from '../world.ts';
import type { ProgressLine } from './progress.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** Chunks must end where lines end. The progress line, which shares the screen, is taken away first. */
export function terminalOutput(sink: ByteSink, progress: ProgressLine | undefined): ByteSink {
  return {
    isTerminal: true,
    write(bytes: Uint8Array): Promise<void> {
      progress?.hide();
      const lines = decoder.decode(bytes).split(/(\r?\n)/);
      return sink.write(encoder.encode(lines.map((part, at) => (at % 2 === 1 ? part : makeVisible(part))).join('')));
    },
  };
}
