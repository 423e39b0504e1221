import { clsx } from 'clsx';
import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';

export type ButtonLook = 'plain' | 'primary' | 'quiet';

interface ButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly look?: ButtonLook;
  /** `always`, only where there is room (`wide`), or only for screen readers and as tooltip (`never`). */
  readonly showLabel?: 'always' | 'wide' | 'never';
  /** Behind the label; not part of the button's name. */
  readonly extra?: ReactNode;
}

const looks: Record<ButtonLook, string> = {
  plain:
    'border-line-strong bg-raised text-ink enabled:hover:bg-hover aria-pressed:bg-hover data-[state=open]:bg-hover',
  primary: 'border-transparent bg-accent text-on-accent enabled:hover:bg-accent-hover font-medium',
  quiet:
    'border-transparent text-ink-2 enabled:hover:bg-hover enabled:hover:text-ink aria-pressed:bg-accent-soft aria-pressed:text-accent-ink data-[state=open]:bg-hover data-[state=open]:text-ink',
};

export function Button({
  label,
  icon: Icon,
  look = 'plain',
  showLabel = 'always',
  extra,
  className,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      title={showLabel === 'always' ? undefined : label}
      className={clsx(
        'relative inline-flex h-7 shrink-0 items-center justify-center gap-1.5 rounded-md border whitespace-nowrap transition-colors duration-75',
        'disabled:bg-transparent disabled:text-ink-3 disabled:opacity-60',
        look !== 'quiet' && 'disabled:border-line',
        showLabel === 'never' ? 'w-7' : 'px-2.5',
        looks[look],
        className,
      )}
      {...rest}
    >
      {Icon && <Icon aria-hidden size={15} strokeWidth={1.75} className="shrink-0" />}
      <span className={clsx(showLabel === 'never' && 'sr-only', showLabel === 'wide' && 'collapse-label')}>
        {label}
      </span>
      {extra && (
        <span aria-hidden className="inline-flex items-center gap-1">
          {extra}
        </span>
      )}
    </button>
  );
}
