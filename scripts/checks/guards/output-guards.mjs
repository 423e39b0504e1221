/** The guards of files that are written, for window and command. */
import { without } from './guard.mjs';

const output = 'main/base/output/output.ts';
const target = 'main/base/output/target.ts';
const test = 'main/base/output/output.test.ts';

/** @type {readonly import('./guard.mjs').Guard[]} */
export const outputGuards = [
  {
    name: 'output identity',
    runner: 'unit',
    test,
    title: 'takes the place of the old one is not replaced',
    removals: [without(output, 'if (now?.dev !== existing?.dev || now?.ino !== existing?.ino) {', 'if (false) {')],
  },
  {
    name: 'output folder',
    runner: 'unit',
    test,
    title: 'a folder put in the place of the old one',
    removals: [
      without(
        target,
        "if (process.platform !== 'linux') return undefined;\n  const handle",
        'if (folder) return undefined;\n  const handle',
      ),
    ],
  },
  {
    name: 'output owner',
    runner: 'unit',
    test,
    title: 'is given no file in a folder that others',
    removals: [without(output, 'if (folderStats.uid === user && (folderStats.mode & 0o022) === 0) {', 'if (true) {')],
  },
  {
    name: 'output mode',
    runner: 'unit',
    test,
    title: 'without its set-id bits',
    removals: [without(output, 'existing.mode & 0o777', 'existing.mode & 0o7777')],
  },
  {
    name: 'output links',
    runner: 'unit',
    test,
    title: 'of another user in a sticky folder',
    removals: [without(target, 'await refuseForeignLink(name, stats);')],
  },
];
