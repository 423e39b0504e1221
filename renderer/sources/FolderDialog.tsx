/** The web host's folders, for want of a native dialog: a path to type, and folders to walk through. */
import { CornerLeftUp, Folder, LoaderCircle } from 'lucide-react';
import { type FormEvent, useCallback, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FolderListing } from '#shared/contract/models.ts';
import { makeVisible } from '#shared/text/visible.ts';
import { Button } from '../parts/Button.tsx';
import { useApp, useAppState } from '../parts/context.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { tellProblem } from '../state/problems.ts';

type Listing =
  | { readonly kind: 'loading' }
  | { readonly kind: 'listed'; readonly folder: FolderListing }
  | { readonly kind: 'refused'; readonly problem: string };

export function FolderDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { session, actions } = useApp();
  const [path, setPath] = useState('');
  const [listing, setListing] = useState<Listing>({ kind: 'loading' });
  const [problem, setProblem] = useState<string | null>(null);
  const inputId = useId();
  const input = useRef<HTMLInputElement>(null);
  const isOpen = useRef(false);
  const isAdding = useAppState((state) => state.adding);
  const latest = useRef(0);

  const show = useCallback(
    async (wanted: string | null) => {
      const call = ++latest.current;
      try {
        const folder = await session.client.api.sources.listFolder({ path: wanted });
        if (call !== latest.current) return;
        setListing({ kind: 'listed', folder });
        if (wanted !== null) setProblem(null);
        // The first listing comes by itself: what was typed meanwhile stays.
        setPath((typed) => (wanted === null && typed !== '' ? typed : folder.path));
      } catch (problem) {
        if (call === latest.current) setListing({ kind: 'refused', problem: tellProblem(problem) });
      }
    },
    [session],
  );
  useEffect(() => void show(null), [show]);
  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
    };
  }, []);

  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (path.trim() === '' || isAdding) return;
    setProblem(null);
    const refusal = await actions.addPath(path);
    if (!isOpen.current) {
      if (refusal !== null) session.notify('problem', refusal);
      return;
    }
    if (refusal === null) {
      onClose();
      return;
    }
    setProblem(refusal);
    input.current?.focus();
  };
  const parent = listing.kind === 'listed' ? listing.folder.parent : null;
  return (
    <Dialog
      title={t('folder.title')}
      width="w-[36rem]"
      onClose={onClose}
      footer={
        <Button label={t('folder.add')} look="primary" type="submit" form={`${inputId}-form`} className="min-w-20" />
      }
    >
      <form id={`${inputId}-form`} onSubmit={(event) => void add(event)}>
        <label htmlFor={inputId} className="mb-1 block text-sm text-ink-2">
          {t('folder.path')}
        </label>
        <div className="flex gap-1.5">
          <input
            ref={input}
            id={inputId}
            type="text"
            value={path}
            spellCheck={false}
            autoComplete="off"
            aria-invalid={problem !== null}
            aria-describedby={problem === null ? undefined : `${inputId}-problem`}
            onChange={(event) => {
              setPath(event.target.value);
              setProblem(null);
            }}
            className="h-8 min-w-0 flex-1 rounded-md border border-line-strong bg-canvas px-2.5 aria-invalid:border-bad"
          />
          <Button
            label={t('folder.up')}
            icon={CornerLeftUp}
            showLabel="never"
            disabled={parent === null}
            onClick={() => void show(parent)}
            className="h-8 w-8"
          />
        </div>
        {problem !== null && (
          <p id={`${inputId}-problem`} role="alert" className="mt-1 text-sm text-bad">
            {problem}
          </p>
        )}
      </form>
      <div className="mt-3 h-72 overflow-y-auto rounded-md border border-line bg-canvas">
        {listing.kind === 'loading' && (
          <p className="flex h-full items-center justify-center gap-2 text-ink-3">
            <LoaderCircle aria-hidden size={15} className="animate-spin" /> {t('folder.loading')}
          </p>
        )}
        {listing.kind === 'refused' && (
          <p role="alert" className="p-4 text-bad">
            {listing.problem}
          </p>
        )}
        {listing.kind === 'listed' && <FolderList folder={listing.folder} onOpen={(next) => void show(next)} />}
      </div>
    </Dialog>
  );
}

interface FolderListProps {
  readonly folder: FolderListing;
  readonly onOpen: (path: string) => void;
}

function FolderList({ folder, onOpen }: FolderListProps) {
  const { t } = useTranslation();
  if (folder.folders.length === 0) return <p className="p-4 text-ink-3">{t('folder.none')}</p>;
  return (
    <>
      <ul aria-label={t('folder.list')} className="py-1">
        {folder.folders.map((one) => (
          <li key={one.path}>
            <button
              type="button"
              onClick={() => onOpen(one.path)}
              className="flex h-7 w-full items-center gap-2.5 px-3 text-left -outline-offset-2 hover:bg-hover"
            >
              <Folder aria-hidden size={15} strokeWidth={1.75} className="shrink-0 text-ink-3" />
              <bdi className="truncate">{makeVisible(one.name)}</bdi>
            </button>
          </li>
        ))}
      </ul>
      {folder.truncated && <p className="px-3 pb-3 text-sm text-ink-3">{t('folder.truncated')}</p>}
    </>
  );
}
