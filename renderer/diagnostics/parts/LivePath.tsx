import { FilePath } from '../../parts/FilePath.tsx';
import { type Snapshot, useSnapshot } from './snapshots.tsx';

/** A path that changes now and then; undefined: there is none. */
export function LivePath({ path }: { readonly path: (snapshot: Snapshot) => string | undefined }) {
  const now = useSnapshot((snapshot) => path(snapshot) ?? null);
  return now === null ? <span className="text-ink-3">—</span> : <FilePath path={now} />;
}
