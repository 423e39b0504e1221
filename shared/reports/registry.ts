import type { JobKind } from '../contract/kinds/registry.ts';
import { compareReport } from './compare.ts';
import { duplicatesReport } from './duplicates.ts';
import type { ReportForm } from './form.ts';
import { guardReport } from './guard.ts';
import { verifyReport } from './verify.ts';

/** Kinds whose records make a report; results of hashing are exported as checksum files instead. */
export const reports: Readonly<Partial<Record<JobKind, ReportForm>>> = {
  verify: verifyReport,
  compare: compareReport,
  duplicates: duplicatesReport,
  guard: guardReport,
};
