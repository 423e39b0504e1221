import { useTranslation } from 'react-i18next';
import { digestParts } from './digest-parts.ts';

interface DigestPairProps {
  readonly expected: string | null;
  readonly actual: string | null;
}

/** Expected above actual, the groups that differ marked by weight, underline and colour; one line where both agree. */
export function DigestPair({ expected, actual }: DigestPairProps) {
  const { t } = useTranslation();
  if (expected === null && actual === null) return <span className="text-ink-3">—</span>;
  if (expected === null || actual === null || expected === actual) {
    return <DigestLine label={null} digest={expected ?? actual!} other={null} />;
  }
  return (
    <>
      <DigestLine label={t('report.expected')} digest={expected} other={actual} />
      <DigestLine label={t('report.actual')} digest={actual} other={expected} />
    </>
  );
}

interface DigestProps {
  readonly label: string | null;
  readonly digest: string;
  readonly other: string | null;
}

/** One digest, the groups marked in which it differs from another. */
export function DigestLine({ label, digest, other }: DigestProps) {
  return (
    <div className="flex h-[18px] items-baseline gap-2" title={digest}>
      {label !== null && <span className="w-14 shrink-0 text-xs text-ink-3">{label}</span>}
      <span data-selectable className="truncate font-mono text-sm text-ink-2">
        {digestParts(digest, other).map(({ text, differs }, at) =>
          differs ? (
            <mark key={at} className="rounded-[2px] bg-bad-soft font-semibold text-bad underline underline-offset-2">
              {text}
            </mark>
          ) : (
            <span key={at}>{text}</span>
          ),
        )}
      </span>
    </div>
  );
}
