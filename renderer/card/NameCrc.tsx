import { useTranslation } from 'react-i18next';
import { crcInName } from '#shared/expected/name-crc.ts';
import { toHex } from '#shared/text/hex.ts';
import { Button } from '../parts/Button.tsx';
import { useApp } from '../parts/context.tsx';
import { checkText, leafOf } from './check-text.ts';

/** The CRC-32 that a name carries, `[ABCD1234]`, is evidence of its own; nothing where it carries none. */
export function NameCrc({ row }: { readonly row: number }) {
  const { t } = useTranslation();
  const { session } = useApp();
  const crc = crcInName(leafOf(session, row));
  if (crc === null) return null;
  const digest = toHex(crc).toUpperCase();
  return (
    <p className="flex flex-wrap items-center gap-2 text-ink-2">
      {t('card.nameCrc', { digest })}
      <Button label={t('card.compareName')} onClick={() => void checkText(session, `crc32:${digest.toLowerCase()}`)} />
    </p>
  );
}
