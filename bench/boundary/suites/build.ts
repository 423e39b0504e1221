/** How the addon is compiled and linked, against other ways. Each is built first, which takes minutes. */
import path from 'node:path';
import { findProgram } from '../../../scripts/setup/places.mjs';
import { mediumFiles, smallFiles } from '../../corpora/corpora.ts';
import { type Build, Built, instructionsOf, others, ours, runProbe, type Work } from '../builds/build.ts';
import type { Row, Setting, Suite } from '../suite.ts';

function works(quick: boolean): readonly Work[] {
  const small = smallFiles(quick ? 1000 : 10_000).folder;
  const medium = mediumFiles(8, 4).folder;
  return [
    { name: 'small files, XXH3', folder: small, algorithms: ['xxh3-64'] },
    { name: 'small files, MD5', folder: small, algorithms: ['md5'] },
    { name: 'small files, MD5 + SHA-1 + CRC-32', folder: small, algorithms: ['md5', 'sha1', 'crc32'] },
    { name: 'files of 4 MiB, MD5 + SHA3-256', folder: medium, algorithms: ['md5', 'sha3-256'] },
  ];
}

async function sizes(mine: Built, builds: readonly Built[]): Promise<Row> {
  const way = (name: string, bytes: number) => ({ name, rounds: [bytes] });
  return {
    what: 'build/size of the addon',
    per: 'addon',
    unit: 'bytes',
    ours: way(mine.name, mine.addonBytes),
    plain: [
      way('with all that nothing calls', await mine.linkedWithout('-Wl,--gc-sections')),
      ...builds.map((built) => way(built.name, built.addonBytes)),
    ],
    note: 'All are stripped.',
  };
}

const compiling = (mine: Built, builds: readonly Built[]): Row => ({
  what: 'build/compiling and linking everything',
  per: 'build',
  unit: 's',
  ours: { name: mine.name, rounds: [mine.seconds] },
  plain: builds.map(({ name, seconds }) => ({ name, rounds: [seconds] })),
  note: 'Seconds of processors, one round. A profile takes a build for counting and a run of it besides.',
});

async function instructions(work: Work, mine: Built, builds: readonly Built[]): Promise<Row> {
  const measured = [];
  for (const built of [mine, ...builds]) {
    const { instructions, files, bytes } = await instructionsOf(built, work);
    measured.push({ name: built.name, rounds: [instructions / files], perByte: instructions / bytes });
  }
  const [own, ...plain] = measured.map(({ name, rounds }) => ({ name, rounds }));
  const perByte = measured.map(({ name, perByte: count }) => `${name} ${count.toFixed(3)}`);
  return {
    what: `build/instructions, ${work.name}`,
    per: 'file',
    unit: 'instructions',
    ours: own!,
    plain,
    note: `Counted by callgrind with AVX2 forced, the system's own apart. A byte: ${perByte.join(', ')}.`,
  };
}

async function time(work: Work, all: readonly Built[], rounds: number, times: number): Promise<Row> {
  const ways = all.map(({ name }) => ({ name, rounds: [] as number[] }));
  for (let round = 0; round <= rounds; round += 1) {
    for (let turn = 0; turn < all.length; turn += 1) {
      const index = (turn + round) % all.length;
      const { processorSeconds, files } = await runProbe(all[index]!, work, times);
      if (round > 0) ways[index]!.rounds.push((processorSeconds / files) * 1e6);
    }
  }
  const [own, ...plain] = ways;
  return {
    what: `build/processor's time, ${work.name}`,
    per: 'file',
    unit: 'µs',
    ours: own!,
    plain,
    note: "The engine with one worker, without JavaScript; the system's time for opening and reading included.",
  };
}

async function run({ rounds, quick, scratch }: Setting): Promise<readonly Row[]> {
  if (process.platform !== 'linux' || !findProgram('valgrind')) {
    throw new Error('This suite needs Linux, GCC and valgrind. On Debian: apt-get install valgrind');
  }
  const wanted: readonly Build[] = quick ? others.slice(0, 1) : others;
  const toHash = works(quick);
  const mine = await Built.make(ours, path.join(scratch, 'builds'), toHash);
  const builds: Built[] = [];
  for (const build of wanted) builds.push(await Built.make(build, path.join(scratch, 'builds'), toHash));
  const rows = [await sizes(mine, builds), compiling(mine, builds)];
  for (const work of toHash) {
    rows.push(await instructions(work, mine, builds));
    rows.push(await time(work, [mine, ...builds], rounds, quick ? 1 : 5));
  }
  return rows;
}

export const build: Suite = {
  name: 'build',
  about:
    "How the addon is compiled and linked, against other compiler's options; builds each way, so ask for it by name",
  byName: true,
  run,
};
