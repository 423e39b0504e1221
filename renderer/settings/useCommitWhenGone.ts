import { useEffect, useRef } from 'react';

/** A field that is taken away while it has the focus is not left by a blur: what was typed holds all the same. */
export function useCommitWhenGone(commit: () => void): void {
  const latest = useRef(commit);
  useEffect(() => {
    latest.current = commit;
  });
  useEffect(() => () => latest.current(), []);
}
