import { Hash } from 'lucide-react';
import type { JobFeature } from '../kinds/kind.ts';
import { HashPane } from './HashPane.tsx';
import { HashModel } from './hash-model.ts';
import { hashVerdict } from './hash-verdict.ts';

/** Files that are added one after the other make one list, so that jobs of hashing share a table. */
export const hashFeature: JobFeature<HashModel> = {
  kind: 'hash',
  icon: Hash,
  createModel: () => new HashModel(),
  Pane: HashPane,
  sharesTable: true,
  verdict: hashVerdict,
};
