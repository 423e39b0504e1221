import { clsx } from 'clsx';
import { CircleCheck, CircleX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { algorithm } from '#shared/tables/algorithms.ts';
import { useAppState } from '../../parts/context.tsx';

/** Who computes what, as found out when the engine began. */
export function Kernels() {
  const { t } = useTranslation();
  const engine = useAppState((state) => state.system?.engine);
  if (engine === undefined) return null;
  return (
    <>
      <p className="mb-2 text-sm text-ink-3">
        {t('diagnostics.cpu', { features: engine.cpu.join(' · ') || t('diagnostics.none') })}
      </p>
      <ul aria-label={t('diagnostics.section.kernels')} className="columns-[20rem] gap-x-8 text-sm">
        {engine.kernels.map((kernel) => {
          const passed = kernel.selfTest === 'passed';
          const Icon = passed ? CircleCheck : CircleX;
          return (
            <li
              key={kernel.algorithm}
              className="flex h-6 break-inside-avoid items-center gap-3 border-t border-line whitespace-nowrap"
            >
              <span className="w-24 shrink-0 text-ink-2">{algorithm(kernel.algorithm).label}</span>
              <span className="min-w-0 flex-1 overflow-hidden text-ellipsis" title={kernel.implementation}>
                {kernel.implementation}
              </span>
              <span className={clsx('flex shrink-0 items-center gap-1', passed ? 'text-ok' : 'text-bad')}>
                <Icon aria-hidden size={13} /> {t(`diagnostics.selfTest.${kernel.selfTest}`)}
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
