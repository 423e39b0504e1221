import { ShieldCheck } from 'lucide-react';
import type { EntryStatus } from '#shared/verify/statuses.ts';
import type { JobFeature } from '../kinds/kind.ts';
import { ReportModel } from '../report/report-model.ts';
import { VerifyPane } from './VerifyPane.tsx';
import { verifyOffer } from './verify-offer.ts';
import { verifyReport } from './verify-report.ts';
import { verifyVerdict } from './verify-verdict.ts';

export const verifyFeature: JobFeature<ReportModel<EntryStatus>> = {
  kind: 'verify',
  icon: ShieldCheck,
  createModel: () => new ReportModel(verifyReport),
  Pane: VerifyPane,
  sharesTable: false,
  verdict: verifyVerdict,
  offer: verifyOffer,
};
