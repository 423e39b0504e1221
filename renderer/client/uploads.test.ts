import { describe, expect, it } from 'vitest';
import type { JobSummary } from '#shared/contract/models.ts';
import { job as anyJob } from '../testing/job.ts';
import type { LocalFile } from './file-tree.ts';
import { Uploads } from './uploads.ts';

const job = (id: number, sourceId: string): JobSummary =>
  anyJob(id, { sources: [{ id: sourceId, kind: 'upload', name: 'dropped', path: 'dropped', size: 1 }] });

const files = (count: number): LocalFile[] =>
  Array.from({ length: count }, (_, index) => ({ path: `${index}`, file: new File(['abc'], `${index}`) }));

/** A stand-in for fetch whose answers are given by hand. */
function server() {
  const posts: { url: string; body: unknown; signal: AbortSignal; answer: () => void; fail: () => void }[] = [];
  const post = (url: string, init: RequestInit): Promise<Response> =>
    new Promise((resolve, reject) => {
      const signal = init.signal as AbortSignal;
      signal.addEventListener('abort', () => reject(new Error('aborted')));
      const answer = (): void => resolve(new Response());
      posts.push({ url, body: init.body, signal, answer, fail: () => reject(new Error('cannot read')) });
    });
  return { posts, uploads: new Uploads(post as typeof fetch) };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('uploads', () => {
  it('go five at a time, each to its own address', async () => {
    const { posts, uploads } = server();
    uploads.declare('s/1', files(8));
    uploads.send(job(4, 's/1'));
    expect(posts.map((post) => post.url)).toEqual([0, 1, 2, 3, 4].map((index) => `./upload/4/s%2F1/${index}`));
    posts[1]!.answer();
    await settled();
    expect(posts.at(-1)!.url).toBe('./upload/4/s%2F1/5');
  });

  it('of sources that another window declared are none of this one', () => {
    const { posts, uploads } = server();
    uploads.send(job(4, 'unknown'));
    expect(posts).toEqual([]);
  });

  it('of a cancelled job end, those under way included', async () => {
    const { posts, uploads } = server();
    uploads.declare('s', files(9));
    uploads.send(job(4, 's'));
    uploads.stop(4);
    await settled();
    expect(posts).toHaveLength(5);
    expect(posts.every((post) => post.signal.aborted)).toBe(true);
  });

  it('are under way from the start of their job until the last one is sent', async () => {
    const { posts, uploads } = server();
    uploads.declare('s', files(7));
    expect(uploads.underWay).toBe(false);
    uploads.send(job(4, 's'));
    for (let sent = 0; sent < 7; sent++) {
      expect(uploads.underWay).toBe(true);
      posts[sent]!.answer();
      await settled();
    }
    expect(uploads.underWay).toBe(false);
  });

  it('are no longer under way once their job is cancelled', async () => {
    const { uploads } = server();
    uploads.declare('s', files(9));
    uploads.send(job(4, 's'));
    uploads.stop(4);
    await settled();
    expect(uploads.underWay).toBe(false);
  });

  it('that cannot be read are told to the host, with the reason', async () => {
    const { posts, uploads } = server();
    const unreadable = (name: string): File => {
      const file = new File(['abc'], 'x');
      const broken = { arrayBuffer: () => Promise.reject(new DOMException('', name)) };
      return Object.assign(file, { slice: () => broken as unknown as Blob });
    };
    uploads.declare('s', [
      { path: 'vanished', file: unreadable('NotFoundError') },
      { path: 'locked', file: unreadable('NotReadableError') },
      { path: 'broken', file: unreadable('AbortError') },
      { path: 'fine, only the connection broke', file: new File(['abc'], 'x') },
      { path: 'never opened', file: 'EACCES' },
    ]);
    uploads.send(job(4, 's'));
    for (const post of posts.slice()) post.fail();
    await settled();
    const told = posts.filter((post) => post.url.includes('?')).map((post) => post.url.slice('./upload/4/s/'.length));
    expect(told.sort()).toEqual([
      '0?failed=ENOENT',
      '1?failed=EACCES',
      '2?failed=EIO',
      '3?failed=UPLOAD_ABORTED',
      '4?failed=EACCES',
    ]);
  });

  it('that were sent whole are not told of again', async () => {
    const { posts, uploads } = server();
    uploads.declare('s', files(1));
    uploads.send(job(4, 's'));
    posts[0]!.answer();
    await settled();
    expect(posts).toHaveLength(1);
  });
});
