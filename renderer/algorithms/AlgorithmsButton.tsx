import { ChevronDown, Hash } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { algorithm } from '#shared/tables/algorithms.ts';
import { Button } from '../parts/Button.tsx';
import { useAppState } from '../parts/context.tsx';
import { surface } from '../parts/menu.ts';
import { chosenAlgorithms } from '../state/app-state.ts';
import { AlgorithmChoice } from './AlgorithmChoice.tsx';

/** Opens the choice of algorithms; tells the first one and how many more there are. */
export function AlgorithmsButton() {
  const { t } = useTranslation();
  const chosen = useAppState(chosenAlgorithms);
  const more = (chosen?.length ?? 0) - 1;
  return (
    <Popover.Root>
      <Popover.Trigger asChild disabled={chosen === undefined}>
        <Button
          label={t('toolbar.algorithms')}
          icon={Hash}
          showLabel="wide"
          aria-description={chosen?.map((name) => algorithm(name).label).join(', ')}
          extra={
            <>
              {chosen && (
                <span className="rounded bg-accent-soft px-1.5 text-sm text-accent-ink nums">
                  {algorithm(chosen[0]!).label}
                  {more > 0 && ` +${more}`}
                </span>
              )}
              <ChevronDown size={13} className="text-ink-3" />
            </>
          }
        />
      </Popover.Trigger>

      <Popover.Content
        align="start"
        sideOffset={6}
        collisionPadding={8}
        aria-label={t('algorithms.title')}
        onEscapeKeyDown={(event) => {
          // A search is emptied first.
          const { target } = event;
          if (target instanceof HTMLInputElement && target.type === 'search' && target.value !== '')
            event.preventDefault();
        }}
        className={`${surface} max-h-(--radix-popover-content-available-height) w-[50rem] max-w-[calc(100vw-1rem)] scroll-pt-28 overflow-y-auto`}
      >
        {chosen && <AlgorithmChoice chosen={chosen} />}
      </Popover.Content>
    </Popover.Root>
  );
}
