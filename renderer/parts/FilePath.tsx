import { makeVisible } from '#shared/text/visible.ts';

/**
 * A path that gives up its folders before its last segment when there is no room. Control characters
 * are shown as escapes, spaces as they are, and the text cannot turn the direction of what stands around it.
 */
export function FilePath({ path }: { readonly path: string }) {
  const visible = makeVisible(path);
  const leaf = visible.lastIndexOf('/') + 1;
  return (
    <bdi className="flex min-w-0">
      {leaf > 0 && (
        <span className="min-w-0 overflow-hidden text-ellipsis whitespace-pre text-ink-3">
          {visible.slice(0, leaf)}
        </span>
      )}
      <span className="max-w-full shrink-0 overflow-hidden text-ellipsis whitespace-pre">{visible.slice(leaf)}</span>
    </bdi>
  );
}
