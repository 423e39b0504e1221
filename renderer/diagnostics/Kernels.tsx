import { CircleCheck, CircleX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { algorithm } from '#shared/tables/algorithms.ts';
import { useAppState } from '../parts/context.tsx';
import { Table } from './Table.tsx';

export function Kernels() {
  const { t } = useTranslation();
  const engine = useAppState((state) => state.system?.engine);
  return (
    <>
      <Table
        name={t('diagnostics.kernels')}
        head={[
          t('diagnostics.kernel.algorithm'),
          t('diagnostics.kernel.implementation'),
          t('diagnostics.kernel.selfTest'),
        ]}
        numbersFrom={3}
        widest={1}
        rows={(engine?.kernels ?? []).map((kernel) => [
          algorithm(kernel.algorithm).label,
          kernel.implementation,
          kernel.selfTest === 'passed' ? (
            <span key="passed" className="inline-flex items-center gap-1 align-middle text-ok">
              <CircleCheck aria-hidden size={13} /> {t('diagnostics.kernel.passed')}
            </span>
          ) : (
            <span key="failed" className="inline-flex items-center gap-1 align-middle text-bad">
              <CircleX aria-hidden size={13} /> {t('diagnostics.kernel.failed')}
            </span>
          ),
        ])}
        empty={t('diagnostics.noReading')}
      />
      {engine && engine.cpu.length > 0 && (
        <p className="mt-2 text-sm text-ink-3">{t('diagnostics.cpu', { features: engine.cpu.join(' · ') })}</p>
      )}
    </>
  );
}
