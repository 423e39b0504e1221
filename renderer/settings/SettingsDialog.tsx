import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type Settings, theme } from '#shared/contract/models.ts';
import { engineLimits, limits } from '#shared/jobs/limits.ts';
import { useApp, useAppState } from '../parts/context.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { Switch } from '../parts/Switch.tsx';
import { NumberField } from './NumberField.tsx';
import { PatternField } from './PatternField.tsx';

/** Every change holds at once; what waits for the next start says so. */
export function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const settings = useAppState((state) => state.settings);
  if (settings === null) return null;
  return (
    <Dialog title={t('settings.title')} width="w-[38rem]" onClose={onClose}>
      <Appearance settings={settings} />
      <Walking settings={settings} />
      <Engine settings={settings} />
    </Dialog>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="grid grid-cols-[8.5rem_1fr] gap-x-4 border-b border-line py-4 first:pt-0 last:border-b-0 last:pb-0 max-sm:grid-cols-1">
      <h3 className="py-1 font-semibold">{title}</h3>
      <div className="min-w-0 space-y-1.5">{children}</div>
    </section>
  );
}

function Appearance({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation();
  const { actions } = useApp();
  const name = useId();
  const canUpdate = useAppState((state) => state.system?.canUpdate ?? false);
  return (
    <Section title={t('settings.general')}>
      <fieldset className="flex items-center gap-4 py-1">
        <legend className="sr-only">{t('settings.theme')}</legend>
        <span aria-hidden>{t('settings.theme')}</span>
        {theme.options.map((option) => (
          <label key={option} className="flex items-center gap-1.5">
            <input
              type="radio"
              name={name}
              checked={settings.theme === option}
              onChange={() => void actions.changeSettings({ theme: option })}
            />
            {t(`settings.themes.${option}`)}
          </label>
        ))}
      </fieldset>
      <Switch
        label={t('settings.startOnAdd')}
        hint={t('settings.startOnAddHint')}
        isOn={settings.startOnAdd}
        onChange={(startOnAdd) => void actions.changeSettings({ startOnAdd })}
      />
      {canUpdate && (
        <Switch
          label={t('settings.updates')}
          hint={t('settings.updatesHint')}
          isOn={settings.updates === 'weekly'}
          onChange={(isOn) => void actions.changeSettings({ updates: isOn ? 'weekly' : 'never' })}
        />
      )}
    </Section>
  );
}

function Walking({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation();
  const { actions } = useApp();
  const walk = useAppState((state) => state.pendingWalk) ?? settings.walk;
  return (
    <Section title={t('settings.folders')}>
      <Switch
        label={t('settings.hidden')}
        hint={t('settings.hiddenHint')}
        isOn={walk.hidden}
        onChange={(hidden) => void actions.changeWalk({ hidden })}
      />
      <Switch
        label={t('settings.followSymlinks')}
        hint={t('settings.followSymlinksHint')}
        isOn={walk.followSymlinks}
        onChange={(followSymlinks) => void actions.changeWalk({ followSymlinks })}
      />
      <Switch
        label={t('settings.oneFileSystem')}
        hint={t('settings.oneFileSystemHint')}
        isOn={walk.oneFileSystem}
        onChange={(oneFileSystem) => void actions.changeWalk({ oneFileSystem })}
      />
      <NumberField
        label={t('settings.maxDepth')}
        unit=""
        placeholder={t('settings.maxDepthNone')}
        value={walk.maxDepth}
        least={0}
        most={engineLimits.maxDepth}
        mayBeEmpty
        onChange={(maxDepth) => void actions.changeWalk({ maxDepth })}
      />
      <div className="grid grid-cols-2 gap-3 pt-1">
        <PatternField
          label={t('settings.include')}
          example="*.iso"
          patterns={walk.include}
          onChange={(include) => void actions.changeWalk({ include })}
        />
        <PatternField
          label={t('settings.exclude')}
          example={'.git\n*.tmp'}
          patterns={walk.exclude}
          onChange={(exclude) => void actions.changeWalk({ exclude })}
        />
      </div>
      <p className="text-sm text-ink-3">{t('settings.patternsHint')}</p>
    </Section>
  );
}

function Engine({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation();
  const { actions } = useApp();
  return (
    <Section title={t('settings.engine')}>
      <NumberField
        label={t('settings.threads')}
        unit=""
        placeholder={t('settings.threadsAutomatic')}
        value={settings.threads}
        least={1}
        most={limits.threads}
        mayBeEmpty
        onChange={(threads) => void actions.changeSettings({ threads })}
      />
      <NumberField
        label={t('settings.memory')}
        unit="MiB"
        placeholder=""
        value={settings.memoryLimitMiB}
        least={engineLimits.minMemoryLimit / 2 ** 20}
        most={limits.memoryLimitMiB}
        mayBeEmpty={false}
        onChange={(memoryLimitMiB) => memoryLimitMiB !== null && void actions.changeSettings({ memoryLimitMiB })}
      />
      <p className="text-sm text-ink-3">{t('settings.nextStart')}</p>
    </Section>
  );
}
