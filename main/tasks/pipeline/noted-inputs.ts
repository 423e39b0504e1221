/** What a job is about, as its journal keeps it, so that the job can go on without whoever granted it. */
import type { NotedRoot } from '../../store/journal-notes.ts';
import type { GrantedPath, TaskInput } from '../inputs.ts';

export function notedRoots(inputs: readonly TaskInput[]): NotedRoot[] {
  return inputs.map((input) => {
    const { kind, name, size } = input.source;
    return { path: input.kind === 'path' ? Buffer.from(input.path).toString('base64') : '', kind, name, size };
  });
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The paths among `roots`, as sources; `id` stands for none that waits. */
export function inputsOf(roots: readonly NotedRoot[], jobId: number): TaskInput[] {
  return roots.map((root, index): TaskInput => {
    const path = Uint8Array.from(Buffer.from(root.path, 'base64'));
    const shown = root.kind === 'upload' ? root.name : decoder.decode(path);
    const source = { id: `${jobId}.${index}`, kind: root.kind, name: root.name, path: shown, size: root.size };
    if (root.kind === 'upload') return { kind: 'upload', source, windowId: '', entries: [] };
    return { kind: 'path', source, path } satisfies GrantedPath;
  });
}
