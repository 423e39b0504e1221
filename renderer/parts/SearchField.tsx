import { clsx } from 'clsx';
import { Search, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { Button } from './Button.tsx';

interface SearchFieldProps {
  readonly label: string;
  readonly clearLabel: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly className?: string;
}

/** A box to search by what is typed; Escape empties it. */
export function SearchField({ label, clearLabel, text, onChange, onKeyDown, className }: SearchFieldProps) {
  return (
    <div className={clsx('relative', className)}>
      <Search
        aria-hidden
        size={14}
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-3"
      />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onChange('');
          onKeyDown?.(event);
        }}
        className="h-7 w-full rounded-md border border-line-strong bg-canvas pr-7 pl-8 [&::-webkit-search-cancel-button]:hidden"
      />
      {text !== '' && (
        <Button
          label={clearLabel}
          icon={X}
          look="quiet"
          showLabel="never"
          className="absolute! top-0.5 right-0.5 size-6"
          onClick={() => onChange('')}
        />
      )}
    </div>
  );
}
