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
    expect(posts.map((post) => post.url)).toEqual([0, 1, 2, 3, 4].map((index) => `/upload/4/s%2F1/${index}`));
    posts[1]!.answer();
    await settled();
    expect(posts.at(-1)!.url).toBe('/upload/4/s%2F1/5');
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

  it('that cannot be read are told to the host by a body of the wrong length', async () => {
    const { posts, uploads } = server();
    uploads.declare('s', [
      { path: 'vanished', file: new File(['abc'], 'vanished') },
      { path: 'empty', file: new File([], 'empty') },
      { path: 'locked', file: null },
    ]);
    uploads.send(job(4, 's'));
    for (const post of posts.slice()) post.fail();
    await settled();
    const told = (index: number): unknown[] =>
      posts.filter((post) => post.url.endsWith(`/${index}`)).map((post) => post.body);
    expect(told(0).at(-1)).toBe('');
    expect(told(1).at(-1)).toBe('!');
    expect(told(2)).toEqual(['!']);
  });
});
