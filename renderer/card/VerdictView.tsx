import { clsx } from 'clsx';
import type { TFunction } from 'i18next';
import { CircleCheckBig, CircleHelp, LoaderCircle, type LucideIcon, OctagonX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type AlgorithmName, algorithm } from '#shared/tables/algorithms.ts';
import { formatCount } from '#shared/text/quantities.ts';
import { makeVisible } from '#shared/text/visible.ts';
import { Button } from '../parts/Button.tsx';
import { useApp, useResults } from '../parts/context.tsx';
import type { Verdict } from './check-store.ts';
import { computeForAll, leafOf, showRow, showRows } from './check-text.ts';
import type { ListFound } from './find-list.ts';
import { GroupedDigest } from './GroupedDigest.tsx';
import { type ComparedDigest, worthOf } from './judge.ts';

function labels(names: readonly AlgorithmName[]): string {
  return names.map((name) => algorithm(name).label).join(', ');
}

const tones = {
  good: 'border-ok bg-ok-soft',
  bad: 'border-bad bg-bad-soft',
  plain: 'border-line-strong bg-chrome',
} as const;

interface VerdictFrameProps {
  readonly tone: keyof typeof tones;
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
}

/** What came of it in words, shape and colour: none of them says it alone. */
function VerdictFrame({ tone, icon: Icon, title, children }: VerdictFrameProps) {
  const colour = tone === 'good' ? 'text-ok' : tone === 'bad' ? 'text-bad' : 'text-ink-2';
  return (
    <div data-tone={tone} className={clsx('flex gap-3 rounded-lg border-2 px-4 py-3', tones[tone])}>
      <Icon
        aria-hidden
        size={28}
        strokeWidth={1.75}
        className={clsx('shrink-0', colour, Icon === LoaderCircle && 'animate-spin')}
      />
      <div className="min-w-0 flex-1 space-y-1.5">
        <p className={clsx('text-xl leading-7 font-semibold', colour)}>{title}</p>
        {children}
      </div>
    </div>
  );
}

/** `isOne`: the table has one file, which needs no name. */
export function VerdictView({ verdict, isOne }: { readonly verdict: Verdict; readonly isOne: boolean }) {
  const { t } = useTranslation();
  switch (verdict.kind) {
    case 'match':
      return <MatchView verdict={verdict} isOne={isOne} />;
    case 'different':
      return <DifferentView verdict={verdict} />;
    case 'absent':
      return <AbsentView verdict={verdict} />;
    case 'list':
      return <ListView found={verdict.found} />;
    case 'computing':
      return (
        <VerdictFrame
          tone="plain"
          icon={LoaderCircle}
          title={t('card.computing', { algorithms: short(verdict.needs, t) })}
        />
      );
    case 'stale':
      return (
        <VerdictFrame
          tone="bad"
          icon={OctagonX}
          title={t('card.stale', { means: t(`again.means.${verdict.outcome}`) })}
        />
      );
    case 'stopped':
      return <VerdictFrame tone="plain" icon={CircleHelp} title={t('card.stopped')} />;
    case 'refused':
      return <VerdictFrame tone="plain" icon={CircleHelp} title={makeVisible(verdict.reason)} />;
    case 'unrecognised':
      return <VerdictFrame tone="plain" icon={CircleHelp} title={t('card.unrecognised')} />;
  }
}

type Translate = TFunction;

/** A few by name, many by their number. */
function short(names: readonly AlgorithmName[], t: Translate): string {
  if (names.length <= 3) return labels(names);
  return t('card.others', { count: names.length, shown: formatCount(names.length) });
}

function MatchView({ verdict, isOne }: { readonly verdict: Verdict & { kind: 'match' }; readonly isOne: boolean }) {
  const { t } = useTranslation();
  const { session } = useApp();
  const names = verdict.digests.map((digest) => digest.algorithm);
  const algorithms = labels(names);
  const [row] = verdict.rows;
  const others = verdict.rows.length - 1;
  const name = makeVisible(leafOf(session, row!));
  return (
    <VerdictFrame tone="good" icon={CircleCheckBig} title={t('card.matchBy', { algorithms })}>
      {!isOne && (
        <p className="flex flex-wrap items-center gap-2 [overflow-wrap:anywhere]">
          {others === 0
            ? t('card.matchFile', { name })
            : t('card.matchFiles', { name, count: others, shown: formatCount(others) })}
          <Button label={t('card.show')} onClick={() => showRow(session, row!)} />
        </p>
      )}
      <p className="text-ink-2">{t(`card.worth.${worthOf(names)}`, { algorithms })}</p>
      {verdict.notes.map((note) => (
        <p key={note} className="text-ink-2">
          {makeVisible(note)}
        </p>
      ))}
    </VerdictFrame>
  );
}

function DifferentView({ verdict }: { readonly verdict: Verdict & { kind: 'different' } }) {
  const { t } = useTranslation();
  const { session } = useApp();
  const { digests, expectedSize, row } = verdict;
  const [likeliest, ...others] = digests;
  const title =
    likeliest === undefined
      ? t('card.different')
      : t('card.differentBy', { algorithms: algorithm(likeliest.algorithm).label });
  return (
    <VerdictFrame tone="bad" icon={OctagonX} title={title}>
      {expectedSize !== null && (
        <p>
          {t('card.sizeDiffers', {
            expected: formatCount(expectedSize),
            actual: formatCount(session.results.table.size(row)),
          })}
        </p>
      )}
      {likeliest !== undefined && <Pair digest={likeliest} />}
      {others.length > 0 && (
        <p className="text-ink-2">{t('card.tried', { algorithms: labels(digests.map((one) => one.algorithm)) })}</p>
      )}
    </VerdictFrame>
  );
}

function Pair({ digest }: { readonly digest: ComparedDigest }) {
  const { t } = useTranslation();
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-[14px]">
      <dt className="text-sm text-ink-2">{t('card.expected')}</dt>
      <dd>
        <GroupedDigest digest={digest.expected} other={digest.actual} />
      </dd>
      <dt className="text-sm text-ink-2">{t('card.actual')}</dt>
      <dd>
        <GroupedDigest digest={digest.actual} other={digest.expected} />
      </dd>
    </dl>
  );
}

function ListView({ found }: { readonly found: ListFound }) {
  const { t } = useTranslation();
  const { session } = useApp();
  const { entries, same, different, absent, unclear } = found;
  const isGood = same === entries;
  const of = { count: entries, shown: formatCount(same), total: formatCount(entries) };
  const parts = (['different', 'absent', 'unclear'] as const)
    .map((part) => ({ part, count: part === 'different' ? different.length : part === 'absent' ? absent : unclear }))
    .filter(({ count }) => count > 0)
    .map(({ part, count }) => t(`card.list.${part}`, { count, shown: formatCount(count) }));
  return (
    <VerdictFrame
      tone={isGood ? 'good' : 'bad'}
      icon={isGood ? CircleCheckBig : OctagonX}
      title={t('card.list.same', of)}
    >
      {parts.length > 0 && <p>{parts.join(' · ')}</p>}
      {different.length > 0 && <Button label={t('card.list.show')} onClick={() => showRows(session, different)} />}
    </VerdictFrame>
  );
}

function AbsentView({ verdict }: { readonly verdict: Verdict & { kind: 'absent' } }) {
  const { t } = useTranslation();
  const { session } = useApp();
  const total = useResults((state) => state.total);
  const { compared, needs } = verdict;
  return (
    <VerdictFrame tone="bad" icon={OctagonX} title={t('card.absent')}>
      <p className="text-ink-2">
        {compared.length > 0 ? t('card.absentBy', { algorithms: labels(compared) }) : t('card.absentNone')}
      </p>
      {needs.length > 0 && (
        <Button
          label={t('card.compute', { algorithms: short(needs, t), shown: formatCount(total) })}
          onClick={() => void computeForAll(session, needs)}
        />
      )}
    </VerdictFrame>
  );
}
