/** For people: what is not ok, problems first; the counts, the coverage, and the verdict as the last line. */
import type { Paint, Tone } from '../../text/paint.ts';
import { decodeName } from '../../text/utf8.ts';
import { makeVisible } from '../../text/visible.ts';
import { failingStates, type GuardState } from '../states.ts';
import type { CheckReport } from './model.ts';
import { countsText, coverageText, detailText, verdictText } from './words.ts';

export interface CheckTextOptions {
  /** Also files that are ok. */
  readonly verbose: boolean;
  /** Nothing when all is well; otherwise the failures and the verdict. */
  readonly quiet: boolean;
  readonly paint: Paint;
}

const stateColumns = 12;

/** Pieces of text; a line ends where a piece ends. */
export function* checkText(report: CheckReport, { verbose, quiet, paint }: CheckTextOptions): Generator<string, void> {
  const { verdict, findings, ok, record } = report;
  if (quiet && verdict === 'ok') return;
  const tone = (state: GuardState): Tone => (state === 'ok' ? 'good' : failingStates.has(state) ? 'bad' : 'warning');
  const line = (state: GuardState, path: Uint8Array, detail: string): string => {
    const name = makeVisible(decodeName(path).text);
    return `${paint(tone(state), state.padEnd(stateColumns))}${name}${detail === '' ? '' : `: ${makeVisible(detail)}`}\n`;
  };
  for (const isFailure of [true, false]) {
    if (!isFailure && quiet) continue;
    for (const finding of findings) {
      if (failingStates.has(finding.state) === isFailure) yield line(finding.state, finding.path, detailText(finding));
    }
  }
  if (verbose) for (const number of ok) yield line('ok', record.path(number), '');
  if (!quiet && verdict !== 'unavailable') {
    yield `Summary: ${countsText(report)}\n`;
    yield `Coverage: ${coverageText(report.coverage)}\n`;
  }
  yield `${paint(verdict === 'ok' ? 'good' : 'bad', makeVisible(verdictText(report)))}\n`;
}
