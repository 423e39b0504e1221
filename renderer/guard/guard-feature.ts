import { ShieldCheck } from 'lucide-react';
import type { JobFeature } from '../kinds/kind.ts';
import { ReportModel } from '../report/report-model.ts';
import { GuardPane } from './GuardPane.tsx';
import { guardOffer } from './guard-offer.ts';
import { guardReport, type ShownState } from './guard-report.ts';
import { guardVerdict } from './guard-verdict.ts';

export const guardFeature: JobFeature<ReportModel<ShownState>> = {
  kind: 'guard',
  icon: ShieldCheck,
  createModel: () => new ReportModel(guardReport),
  Pane: GuardPane,
  sharesTable: false,
  verdict: guardVerdict,
  offer: guardOffer,
};
