import { makeVisible } from '#shared/text/visible.ts';
import { FilePath } from '../../parts/FilePath.tsx';
import { type Snapshot, useSnapshot } from './snapshots.tsx';

interface LivePathProps {
  /** undefined: there is none. */
  readonly path: (snapshot: Snapshot) => string | undefined;
  /** Where there is no room for folders: the whole path is the tooltip. */
  readonly onlyLeaf?: boolean;
}

/** A path that changes now and then. */
export function LivePath({ path, onlyLeaf = false }: LivePathProps) {
  const now = useSnapshot((snapshot) => path(snapshot) ?? null);
  if (now === null) return <span className="text-ink-3">—</span>;
  if (!onlyLeaf) return <FilePath path={now} />;
  return (
    <bdi className="block overflow-hidden text-ellipsis whitespace-pre" title={makeVisible(now)}>
      {makeVisible(now.slice(now.lastIndexOf('/') + 1))}
    </bdi>
  );
}
