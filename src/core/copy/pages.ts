import type { Store } from '../db/store.js';
import { directoryOf } from '../directory/reads.js';
import type { Feature } from '../feature.js';
import type { Instant } from '../ids.js';
import type { Pages, Row } from './row.js';

export const pagesOf = (store: Pick<Store, 'snapshot'>, now: () => Instant): Pages => ({
  read: (work) =>
    store.snapshot((db) => {
      const at = now();
      return work({ db, now: at, directory: directoryOf(db, at) });
    }),
});

/** What files are made from: every feature's records, read page by page. */
export interface Source extends Pages {
  readonly features: readonly Feature[];
}

export const sourceOf = (store: Store, features: ReadonlyMap<string, Feature>, now: () => Instant): Source => ({
  ...pagesOf(store, now),
  features: [...features.values()],
});

/** Every record that the audience may see, one feature after the other. */
export async function* dumpAll(
  source: Source,
  asked: Parameters<NonNullable<Feature['dump']>>[1],
): AsyncGenerator<Row> {
  for (const feature of source.features) if (feature.dump) yield* feature.dump(source, asked);
}
