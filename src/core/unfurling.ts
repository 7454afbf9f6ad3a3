/*
 * Links to records. Whoever opens one in a browser sees a page that says nothing; where it is posted in a place of the
 * alliance, it shows what everybody there may read anyway.
 */
import { type CallerParts, resolveCaller } from './callers.js';
import type { Actor, Place } from './context.js';
import { presentCard } from './delivery.js';
import { directoryOf } from './directory/reads.js';
import { ALLIANCE_STAMP } from './directory/standings.js';
import { findCalled } from './entries/entries.js';
import type { Listed } from './entries/listed.js';
import { Refusal } from './errors.js';
import type { Feature } from './feature.js';
import type { AllianceId } from './ids.js';
import { type RecordLink, readLink } from './links.js';
import type { Log } from './log.js';
import { openButton } from './opening.js';
import type { LinkCall, PressCall, Unfurled } from './platform.js';
import type { RecordView } from './view.js';

interface UnfurlParts extends CallerParts {
  readonly features: ReadonlyMap<string, Feature>;
  readonly log: Log;
}

/** In a bound channel of that alliance, and between one person and Entente; nowhere else is it known who reads. */
const isKnown = ({ committee, spot }: Place, { alliance }: Actor, link: RecordLink): boolean =>
  alliance === link.alliance && (spot.direct || committee !== undefined);

/**
 * What one company keeps to itself is shown to its people alone, one by one: what stands below a message in its own lane
 * could not be taken back once others are let in there.
 */
const mayShow = ({ visibility }: Listed, { spot }: Place): boolean => visibility === '' || spot.direct;

const frozen = (view: RecordView, label: string, now: number, zone: string): RecordView => ({
  ...view,
  footer: [...view.footer, ['As it was at ', { moment: now, zone }, `. Say ${label} to Entente for the card.`]],
  buttons: [],
});

const doorOf = ({ label, subject }: Listed, alliance: AllianceId): Unfurled['door'] => ({
  kind: 'notice',
  title: label,
  text: 'A record in Entente. Open it to read it.',
  buttons: [{ ...openButton(subject), carry: { ...openButton(subject).carry, [ALLIANCE_STAMP]: alliance } }],
});

const show = async (parts: UnfurlParts, call: LinkCall, link: RecordLink): Promise<Unfurled | undefined> => {
  // In a direct message of somebody with several alliances the link says which one is meant.
  const asked: PressCall = { ...call, interaction: 'entente.unfurl', values: { [ALLIANCE_STAMP]: link.alliance } };
  const who = await resolveCaller(parts, asked);
  if (who.kind === 'several' || who.exposed || !isKnown(who.place, who.actor, link)) return undefined;
  const { place } = who;
  return parts.store.snapshot(async (db) => {
    const found = await findCalled(db, link.label, place.audience);
    if (!found || !mayShow(found, place)) return undefined;
    const now = parts.now();
    const read = { db, now, directory: directoryOf(db, now) };
    const view = await presentCard(parts.features, found.subject, read, place.audience);
    if (view?.kind !== 'record') return undefined;
    const zone = await read.directory.zone(link.alliance);
    return { card: frozen(view, found.label, now, zone), door: doorOf(found, link.alliance) };
  });
};

/** Nobody is told why there is nothing to show: nobody asked. */
export const unfurl = async (parts: UnfurlParts, call: LinkCall): Promise<Unfurled | undefined> => {
  const link = readLink(call.url);
  if (!link) return undefined;
  try {
    return await show(parts, call, link);
  } catch (error) {
    if (!(error instanceof Refusal)) parts.log.error({ call: call.id, err: error }, 'link not shown');
    return undefined;
  }
};
