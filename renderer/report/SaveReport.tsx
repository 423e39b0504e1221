import { FileDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { type JobSummary, reportFormat } from '#shared/contract/models.ts';
import { Button } from '../parts/Button.tsx';
import { useApp, useAppState } from '../parts/context.tsx';
import { menuItem, menuSurface } from '../parts/menu.ts';
import { isActive } from '../state/jobs.ts';
import { saveReport } from './report-actions.ts';

/** The report of a job that has ended, in the form that the person chooses. */
export function SaveReport({ job }: { readonly job: JobSummary }) {
  const { t } = useTranslation();
  const { session } = useApp();
  const isConnected = useAppState((state) => state.connection === 'connected');
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild disabled={isActive(job) || !isConnected}>
        <Button label={t('report.save')} icon={FileDown} data-command="export" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content align="end" sideOffset={6} className={menuSurface}>
        {reportFormat.options.map((format) => (
          <DropdownMenu.Item
            key={format}
            className={menuItem}
            onSelect={() => void saveReport(session, job.id, format)}
          >
            <span className="flex-1">{t(`report.format.${format}`)}</span>
            <span className="pl-6 text-sm text-ink-3">{t(`report.hint.${format}`)}</span>
          </DropdownMenu.Item>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
