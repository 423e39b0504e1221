import type { Source } from '#shared/contract/models.ts';

const encoder = new TextEncoder();

/** The folder that a source lies in, with the separator at its end; empty when it has none. */
export function folderOf(source: Source): Uint8Array {
  if (source.kind === 'upload') return new Uint8Array(0);
  const path = source.path.replace(/[/\\]+$/, '');
  return encoder.encode(path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1));
}
