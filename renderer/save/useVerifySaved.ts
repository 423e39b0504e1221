import { useApp } from '../parts/context.tsx';

/** Verifies a file that was just saved, as a job of its own; resolves to whether it began. */
export function useVerifySaved(): (path: string) => Promise<boolean> {
  const { session } = useApp();
  return async (path) => {
    const { api } = session.client;
    const job = await session.attempt(async () => {
      const source = await api.results.openSaved({ path });
      return api.jobs.start({
        kind: 'verify',
        manifests: [source.id],
        root: null,
        require: [],
        unlisted: 'ignore',
        moved: false,
      });
    });
    if (job !== undefined) session.takeStarted(job);
    return job !== undefined;
  };
}
