import { digestParts } from '../report/digest-parts.ts';

interface GroupedDigestProps {
  readonly digest: string;
  /** Groups that differ from it are marked. */
  readonly other?: string;
}

/** A digest in groups, which are spaced and not separated: what is selected and copied is the digest itself. */
export function GroupedDigest({ digest, other }: GroupedDigestProps) {
  return (
    <>
      <span aria-hidden data-selectable className="font-mono [overflow-wrap:anywhere]">
        {digestParts(digest, other ?? null).map(({ text, differs }, at) =>
          differs ? (
            <mark
              key={at}
              className="mr-2 inline-block rounded-[2px] bg-bad-soft font-semibold text-bad underline decoration-2 underline-offset-4"
            >
              {text}
            </mark>
          ) : (
            <span key={at} className="mr-2 inline-block">
              {text}
            </span>
          ),
        )}
      </span>
      {/* Read in short groups; one of 64 digits is not to be followed. */}
      <span className="sr-only select-none">{digest.replace(/.{4}(?=.)/g, '$& ')}</span>
    </>
  );
}
