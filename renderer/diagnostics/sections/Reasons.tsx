import { useTranslation } from 'react-i18next';
import { formatCount } from '#shared/text/quantities.ts';
import { LiveTable } from '../parts/LiveTable.tsx';

/** Why entries have no digest, in the words of the error table. */
export function Reasons() {
  const { t } = useTranslation();
  return (
    <LiveTable
      name={t('diagnostics.section.reasons')}
      rows={(work) => work.reasons}
      columns={[
        { title: t('diagnostics.reason.code'), kind: 'text', text: ({ code }) => code },
        { title: t('diagnostics.reason.message'), kind: 'wide', text: ({ message }) => message },
        { title: t('diagnostics.reason.count'), kind: 'number', text: ({ count }) => formatCount(count) },
      ]}
      empty={t('diagnostics.reason.none')}
    />
  );
}
