import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { limits } from '#shared/jobs/limits.ts';
import { useCommitWhenGone } from './useCommitWhenGone.ts';

interface PatternFieldProps {
  readonly label: string;
  readonly example: string;
  readonly patterns: readonly string[];
  readonly onChange: (patterns: string[]) => void;
}

function parse(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** One glob a line; takes effect when it is left. */
export function PatternField({ label, example, patterns, onChange }: PatternFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const applied = patterns.join('\n');
  const [text, setText] = useState(applied);
  useEffect(() => setText(applied), [applied]);
  const typed = parse(text);
  const isRight = typed.length <= limits.patterns && typed.every((one) => one.length <= limits.patternLength);
  const commit = (): void => {
    if (isRight && typed.join('\n') !== applied) onChange(typed);
  };
  useCommitWhenGone(commit);
  return (
    <div>
      <label htmlFor={id} className="mb-1 block">
        {label}
      </label>
      <textarea
        id={id}
        rows={3}
        value={text}
        placeholder={example}
        spellCheck={false}
        aria-invalid={!isRight}
        onChange={(event) => setText(event.target.value)}
        onBlur={commit}
        className="block w-full resize-y rounded-md border border-line-strong bg-canvas px-2 py-1 font-mono text-sm aria-invalid:border-bad"
      />
      {!isRight && (
        <p role="alert" className="text-sm text-bad">
          {t('settings.patternsTooMany', { lines: limits.patterns, length: limits.patternLength })}
        </p>
      )}
    </div>
  );
}
