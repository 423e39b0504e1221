/** Looks into what was added and says what can be done with it. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { limits, type ManifestInspection, type Source } from '#shared/contract/models.ts';
import type { AnyFeature } from '../kinds/kind.ts';
import type { Session } from '../state/session.ts';
import { likelyOffer, type Offer, type Waiting } from './offer.ts';

export interface OffersState {
  readonly manifests: Waiting['manifests'];
  readonly looking: boolean;
}

export class Offers {
  readonly store: StoreApi<OffersState> = createStore(() => ({ manifests: new Map(), looking: false }));
  readonly #session: Session;
  readonly #features: readonly AnyFeature[];
  /** Sources that were looked into, or are being. */
  #known = new Set<string>();
  #look: Promise<void> = Promise.resolve();

  constructor(session: Session, features: readonly AnyFeature[]) {
    this.#session = session;
    this.#features = features;
    session.app.subscribe(({ sources }, before) => {
      if (sources !== before.sources) this.#lookInto(sources);
    });
  }

  /** In the order of the kinds. */
  of(waiting: Waiting): Offer[] {
    if (waiting.sources.length === 0) return [];
    return this.#features.map((feature) => feature.offer?.(waiting) ?? null).filter((offer) => offer !== null);
  }

  /** The likely offer for what waits now, once it was looked into: hashing does not start by itself then. */
  async likely(): Promise<Offer | undefined> {
    await this.#look;
    const { sources } = this.#session.app.getState();
    return likelyOffer(this.of({ sources, manifests: this.store.getState().manifests }));
  }

  #lookInto(sources: readonly Source[]): void {
    const waiting = new Set(sources.map(({ id }) => id));
    this.#known = new Set([...this.#known].filter((id) => waiting.has(id)));
    // Of very many files none is what they were added for.
    if (sources.length > limits.inspections) return;
    const fresh = sources.filter(({ id, kind, size }) => kind === 'file' && size !== null && !this.#known.has(id));
    if (fresh.length === 0) return;
    for (const { id } of fresh) this.#known.add(id);
    this.#look = Promise.all([this.#look, this.#inspect(fresh.map(({ id }) => id))]).then(() => undefined);
  }

  async #inspect(ids: string[]): Promise<void> {
    this.store.setState({ looking: true });
    // What cannot be looked into can still be hashed; a lost connection has its own banner.
    const found = await this.#session.client.api.sources.inspect({ ids }).catch(() => []);
    const waiting = new Set(this.#session.app.getState().sources.map(({ id }) => id));
    const manifests = new Map<string, ManifestInspection>();
    for (const [id, manifest] of this.store.getState().manifests) if (waiting.has(id)) manifests.set(id, manifest);
    for (const { id, manifest } of found) if (manifest !== null && waiting.has(id)) manifests.set(id, manifest);
    this.store.setState({ manifests, looking: false });
  }
}
