/*
 * Opening a record's card for one person: from a list, a link, or because they said what it is called.
 */
import { type CallerParts, resolveCaller } from './callers.js';
import type { Audience, Read } from './context.js';
import { presentCard } from './delivery.js';
import { directoryOf } from './directory/reads.js';
import { findCalled } from './entries/entries.js';
import { Refusal } from './errors.js';
import type { Feature } from './feature.js';
import type { AllianceId } from './ids.js';
import { linkTo } from './links.js';
import type { CommandCall, PressCall, Word } from './platform.js';
import { stamped, whichAlliance } from './speaking.js';
import type { Button, InteractionId, Subject, View } from './view.js';

/** Pressed to open a record's card, whatever feature keeps it. */
export const OPEN: InteractionId = 'entente.open';

/** Buttons are about subjects of their own feature, so the subject of this one is carried. */
export const openButton = ({ feature, id }: Subject): Button => ({
  id: OPEN,
  label: 'Open',
  carry: { feature, record: id },
  opensWindow: true,
});

const notHere = (what: string): Refusal =>
  new Refusal('not-here', `You can read no ${what} here. Say 'log' and a word of it to look for it.`);

/** The card as an audience may read it. @throws Refusal where it may not, or where there is none: which, is not told */
export const openCard = async (
  features: ReadonlyMap<string, Feature>,
  subject: Subject,
  read: Read,
  audience: Audience,
): Promise<View> => {
  const view = await presentCard(features, subject, read, audience);
  if (!view) throw notHere('such record');
  return view;
};

const LABEL = /(?<![\p{L}\p{N}-])[A-Z]{1,3}-\d{1,9}(?![\p{L}\p{N}-])/giu;

/**
 * What a record is called, where somebody says nothing else: 'D-14', 'd-14?', 'show D-14'. To Entente directly a question
 * may name one, if only one: 'what did we say in D-14?' Other texts may be a command with a slip in its first word.
 */
export const labelSaid = (words: readonly Word[], direct: boolean): string | undefined => {
  if (words.some((word) => typeof word !== 'string')) return undefined;
  const text = words.join('').trim();
  const labels = [...new Set((text.match(LABEL) ?? []).map((label) => label.toUpperCase()))];
  const [label, ...others] = labels;
  if (label === undefined || others.length > 0) return undefined;
  const alone = text.replace(LABEL, '').replace(/^(?:\s*\/?entente\b)?\s*(?:show|open)?/iu, '');
  return (direct && /\?\s*$/u.test(text)) || /^[\s\p{P}]*$/u.test(alone) ? label : undefined;
};

interface OpenParts extends CallerParts {
  readonly features: ReadonlyMap<string, Feature>;
  /** Where browsers find Entente; without it cards have no link. */
  readonly publicUrl?: string;
}

/** The card with its link, to be handed on. */
const linked = (view: View, publicUrl: string | undefined, alliance: AllianceId): View =>
  view.kind !== 'record' || publicUrl === undefined
    ? view
    : { ...view, footer: [...view.footer, `Link: ${linkTo(publicUrl, { alliance, label: view.label })}`] };

type Find = (db: Read['db'], audience: Audience) => Promise<Subject | undefined>;

/** Shows it to who asks, as it may be read where they ask. */
const openHere = async (parts: OpenParts, call: CommandCall | PressCall, find: Find, what: string): Promise<View> => {
  const who = await resolveCaller(parts, call);
  if (who.kind === 'several') return whichAlliance(who.choices, 'words' in call ? call.words : []);
  if (who.exposed) throw notHere(what);
  const { audience } = who.place;
  return parts.store.snapshot(async (db) => {
    const now = parts.now();
    const subject = await find(db, audience);
    const read = { db, now, directory: directoryOf(db, now), publicUrl: parts.publicUrl };
    const view = subject && (await presentCard(parts.features, subject, read, audience));
    if (!view) throw notHere(what);
    const whole = linked(view, parts.publicUrl, audience.alliance);
    return who.several ? stamped(whole, who.actor.alliance) : whole;
  });
};

/** The card of the record that is called so. @throws Refusal */
export const openCalled = (parts: OpenParts, call: CommandCall, label: string): Promise<View> =>
  openHere(parts, call, async (db, audience) => (await findCalled(db, label, audience))?.subject, label);

/** The card that a button opens. @throws Refusal */
export const openPressed = (parts: OpenParts, call: PressCall): Promise<View> => {
  const { feature = '', record = '' } = call.values;
  // Only what the log lists is opened so: other cards are somebody's own.
  const listed = parts.features.get(feature)?.entry !== undefined;
  return openHere(parts, call, async () => (listed ? { feature, id: record } : undefined), 'such record');
};
