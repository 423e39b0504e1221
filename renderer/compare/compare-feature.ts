import { Columns2 } from 'lucide-react';
import type { CompareStatus } from '#shared/compare/comparison.ts';
import type { JobFeature } from '../kinds/kind.ts';
import { ReportModel } from '../report/report-model.ts';
import { ComparePane } from './ComparePane.tsx';
import { compareOffer } from './compare-offer.ts';
import { compareReport } from './compare-report.ts';
import { compareVerdict } from './compare-verdict.ts';

export const compareFeature: JobFeature<ReportModel<CompareStatus>> = {
  kind: 'compare',
  icon: Columns2,
  createModel: () => new ReportModel(compareReport),
  Pane: ComparePane,
  sharesTable: false,
  verdict: compareVerdict,
  offer: compareOffer,
};
