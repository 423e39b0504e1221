/** What a report says of signatures, in sentences. */
import { type AlgorithmName, algorithm } from '../../tables/algorithms.ts';
import { makeVisible } from '../../text/visible.ts';
import type { VerifyReport } from './rows.ts';
import type { SignatureReport } from './signature-report.ts';

/** Whole sentences; those of several manifests begin with their names. Only comments are made visible. */
export function signatureSentences(report: VerifyReport): string[] {
  const manifests = report.parts.flatMap((part) => part.manifests);
  const sentences = manifests.flatMap(({ shown, signature }) => {
    if (signature.status === 'none') return [];
    const prefix = manifests.length > 1 ? `${shown}: ` : '';
    return [`${prefix}${signatureSentence(signature, report.summary.verdict === 'ok')}`];
  });
  const warning = sentences.length === 0 ? null : accidentWarning(report);
  return warning === null ? sentences : [...sentences, warning];
}

/** All of them in one text; null where there are none. */
export function signatureText(report: VerifyReport): string | null {
  const sentences = signatureSentences(report);
  return sentences.length === 0 ? null : sentences.join(' ');
}

/** `isIdentical`: whether every file is as the manifest says. */
export function signatureSentence(signature: SignatureReport, isIdentical: boolean): string {
  const reason = signature.reason === undefined ? '' : `: ${signature.reason}`;
  switch (signature.status) {
    case 'signed': {
      const comment =
        signature.comment === undefined
          ? ''
          : ` Its trusted comment: ${makeVisible(signature.comment.replaceAll('\t', ' '))}`;
      const who = keyText(signature);
      return `${isIdentical ? `Listed, signed by ${who}, and identical.` : `The list is signed by ${who}.`}${comment}`;
    }
    case 'bad':
      return `Signature BAD${reason}.`;
    case 'not-checked':
      return `Signature not checked${reason}.`;
    case 'none':
      return 'No signature.';
  }
}

function keyText({ key, name, trusted }: SignatureReport): string {
  const date = trusted === undefined ? '' : `, trusted on ${trusted.slice(0, 10)}`;
  return name === undefined ? `the key ${key}` : `${name} (key ${key}${date})`;
}

/** A signature makes no digest stronger: null where each entry has one that attackers cannot meet. */
function accidentWarning({ parts }: VerifyReport): string | null {
  const weak = new Set<AlgorithmName>();
  let count = 0;
  for (const { entries } of parts) {
    for (let entry = 0; entry < entries.count; entry++) {
      const names = entries.algorithms(entry);
      if (names.length === 0 || names.some((name) => algorithm(name).fit === 'secure')) continue;
      count++;
      for (const name of names) weak.add(name);
    }
  }
  if (count === 0) return null;
  const labels = Array.from(weak, (name) => algorithm(name).label).join(', ');
  return `What is signed of ${count} ${count === 1 ? 'file' : 'files'} is ${labels} alone, which detects accidents, not attackers.`;
}
