/** JSON: the whole as one document, or one object a line, the summary last. */
import { decodeName } from '../../text/utf8.ts';
import { escapeControlsInJson } from '../../text/visible.ts';
import { rowsOf, type VerifyReport } from './rows.ts';
import { signatureText } from './signature.ts';
import type { SignatureReport } from './signature-report.ts';

export interface ManifestSummary {
  readonly name: string;
  readonly root: string;
  readonly dialect: string;
  readonly explanation: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly signature: SignatureReport;
}

const quote = (value: unknown): string => escapeControlsInJson(JSON.stringify(value));

function summaryOf({ summary }: VerifyReport): Record<string, unknown> {
  const { verdict, counts, reasons, required } = summary;
  return { verdict, ...counts, reasons, ...(required.length > 0 ? { required } : {}) };
}

/** Of the whole, with what a person would read of it. */
export function signatureOf(report: VerifyReport): SignatureReport & { readonly text?: string } {
  const text = signatureText(report);
  return text === null ? report.signature : { ...report.signature, text };
}

/** What a report says of each manifest. */
export function manifestsOf({ parts }: VerifyReport): ManifestSummary[] {
  return parts.flatMap(({ manifests, root }) =>
    manifests.map(({ shown, recognised, sha256, bytes, signature }) => ({
      name: shown,
      root: decodeName(root).text,
      dialect: recognised.dialect,
      explanation: recognised.explanation,
      bytes,
      sha256,
      signature,
    })),
  );
}

/** `{"entries":[…],"summary":{…},"signature":{…},"manifests":[…]}` */
export function* reportJson(report: VerifyReport): Generator<string, void> {
  let separator = '{"entries":[\n';
  for (const row of rowsOf(report)) {
    yield `${separator}${quote(row)}`;
    separator = ',\n';
  }
  if (separator.startsWith('{')) yield separator;
  yield `\n],\n"summary":${quote(summaryOf(report))},\n"signature":${quote(signatureOf(report))},\n`;
  if (report.updated !== undefined) yield `"updated":${quote(report.updated)},\n`;
  yield `"manifests":${quote(manifestsOf(report))}}\n`;
}

/** Each entry on a line of its own; the last line is `{"summary":…,"signature":…,"manifests":…}`. */
export function* reportJsonLines(report: VerifyReport): Generator<string, void> {
  for (const row of rowsOf(report)) yield `${quote(row)}\n`;
  yield `${quote({ summary: summaryOf(report), signature: signatureOf(report), manifests: manifestsOf(report), updated: report.updated })}\n`;
}
