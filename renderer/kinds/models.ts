/** One model for each kind of job, made with the window. */
import type { JobKind } from '#shared/contract/kinds/registry.ts';
import { openVerdict, type Standing, type Verdict } from '../verdict/verdict.ts';
import type { AnyFeature, JobFeature, JobModel } from './kind.ts';

export class KindModels {
  readonly #features = new Map<JobKind, AnyFeature>();
  readonly #models = new Map<JobKind, JobModel>();

  constructor(features: readonly AnyFeature[]) {
    for (const feature of features) {
      this.#features.set(feature.kind, feature);
      this.#models.set(feature.kind, feature.createModel());
    }
  }

  /** Throws for a kind without a feature: the registry has one for each. */
  feature(kind: JobKind): AnyFeature {
    const feature = this.#features.get(kind);
    if (feature === undefined) throw new Error(`The window has no view of ${kind}.`);
    return feature;
  }

  of(kind: JobKind): JobModel {
    this.feature(kind);
    return this.#models.get(kind)!;
  }

  /** What came of a job, or how far it is, in one sentence. */
  verdict(standing: Standing): Verdict {
    return openVerdict(standing) ?? this.feature(standing.kind).verdict(standing);
  }

  /** The model of a feature, as its own folder knows it. */
  get<Model extends JobModel>(feature: Pick<JobFeature<Model>, 'kind'>): Model {
    return this.of(feature.kind) as Model;
  }
}
