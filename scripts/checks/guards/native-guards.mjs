/** The guards of the engine, seen by its own tests. */
import { without } from './guard.mjs';

const settle = 'native/engine/files/settle.cc';
const test = 'native/tests/engine/mutating_files_test.cc';

/** @type {readonly import('./guard.mjs').Guard[]} */
export const nativeGuards = [
  {
    name: 'writers of young files',
    runner: 'native',
    test,
    title: 'ThatSomebodyHoldsOpenAreChangedWhileYoung',
    removals: [without(settle, 'trust = writers == Writers::kSome ? Trust::kBeingWritten : Trust::kUnknown;')],
  },
  {
    name: 'mixtures of contents',
    runner: 'native',
    test,
    title: 'AreNeverOkWithAMixture',
    removals: [
      without(settle, 'constexpr std::int64_t kYoung = 2 * kSecond + kTick;', 'constexpr std::int64_t kYoung = 0;'),
    ],
  },
  {
    name: 'writers of long files',
    runner: 'native',
    test,
    title: 'ThatAreLongAndOldAndHeldOpenCarryAFlag',
    removals: [
      without(
        settle,
        'if (facts.size >= kWorthAsking && writers_of(file) == Writers::kSome) trust = Trust::kOpenElsewhere;',
      ),
    ],
  },
];
