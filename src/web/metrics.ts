import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { PlatformId } from '../core/ids.js';
import type { Log } from '../core/log.js';

/** How far behind the cards are, as rows say it: the same on every replica. */
export interface CardsHealth {
  /** Cards whose message does not yet show what it should. */
  readonly behind: number;
  /** How long the longest waiting of them has waited, in ms; 0 when none waits. */
  readonly oldestMs: number;
  /** Cards given up until somebody acts. */
  readonly parked: number;
}

/** What became of a platform's call: 2xx, 4xx, 5xx, or the platform hung up first. */
export type AcknowledgementOutcome = 'taken' | 'refused' | 'failed' | 'abandoned';

export interface Metrics {
  acknowledged(platform: PlatformId, outcome: AcknowledgementOutcome, ms: number): void;
  /** A delivery was put off and will be tried again. */
  retried(platform: PlatformId): void;
  readonly contentType: string;
  /** Prometheus' text format. */
  render(): Promise<string>;
}

// Slack gives up after 3 s, Teams after 5 s (message menu) or 15 s.
const acknowledgementBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 15];

const createGauges = (registers: Registry[]) => ({
  behind: new Gauge({
    name: 'entente_cards_behind',
    help: 'Cards that do not yet show their record as it is',
    registers,
  }),
  oldest: new Gauge({
    name: 'entente_cards_oldest_undelivered_seconds',
    help: 'Age of the oldest undelivered card; 0 when there is none',
    registers,
  }),
  parked: new Gauge({ name: 'entente_cards_parked', help: 'Cards given up until somebody acts', registers }),
});

export const createMetrics = (given: { cardsHealth: () => Promise<CardsHealth>; log: Log }): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const acknowledgement = new Histogram({
    name: 'entente_acknowledgement_seconds',
    help: "Time from a platform's call to the end of our answer",
    labelNames: ['platform', 'outcome'],
    buckets: acknowledgementBuckets,
    registers,
  });
  const retries = new Counter({
    name: 'entente_card_retries_total',
    help: 'Deliveries put off to be tried again',
    labelNames: ['platform'],
    registers,
  });
  const gauges = createGauges(registers);

  const readCards = async (): Promise<void> => {
    const { behind, oldestMs, parked } = await given.cardsHealth();
    gauges.behind.set(behind);
    gauges.oldest.set(oldestMs / 1000);
    gauges.parked.set(parked);
  };
  // Without a database the process can still be measured; a gauge that would show an old value shows none.
  const forgetCards = (error: unknown): void => {
    given.log.warn({ err: error }, 'cards not measured');
    for (const gauge of Object.values(gauges)) gauge.set(Number.NaN);
  };

  return {
    acknowledged: (platform, outcome, ms) => acknowledgement.observe({ platform, outcome }, ms / 1000),
    retried: (platform) => retries.inc({ platform }),
    contentType: registry.contentType,
    render: async () => {
      await readCards().catch(forgetCards);
      return registry.metrics();
    },
  };
};
