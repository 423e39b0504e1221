import { Files } from 'lucide-react';
import type { JobFeature } from '../kinds/kind.ts';
import { ReportModel } from '../report/report-model.ts';
import { DuplicatesPane } from './DuplicatesPane.tsx';
import { duplicatesOffer } from './duplicates-offer.ts';
import { duplicatesReport } from './duplicates-report.ts';
import { duplicatesVerdict } from './duplicates-verdict.ts';

export const duplicatesFeature: JobFeature<ReportModel<'copy'>> = {
  kind: 'duplicates',
  icon: Files,
  createModel: () => new ReportModel(duplicatesReport),
  Pane: DuplicatesPane,
  sharesTable: false,
  verdict: duplicatesVerdict,
  offer: duplicatesOffer,
};
