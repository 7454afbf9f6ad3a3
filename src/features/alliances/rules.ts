import { z } from 'zod';
import type { Partner } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { AllianceId, Instant, PartnerId, PersonId, Zone } from '../../core/ids.js';
import { folded, isSeen, keySchema, nameText, sameName } from '../../core/naming.js';
import type { Caller, Profile } from '../../core/platform.js';
import { cut, namesOf } from '../../core/sentences.js';

/** A code that lets one workspace ask to join. */
export interface Invitation {
  readonly id: string;
  readonly alliance: AllianceId;
  /** The company invited; it is a partner only once it has joined, unless the alliance began with it. */
  readonly partner: PartnerId;
  readonly fingerprint: string;
  readonly madeBy: PersonId;
  readonly madeAt: Instant;
  readonly expiresAt: Instant;
  readonly usedAt?: Instant;
  readonly withdrawnAt?: Instant;
}

export type JoinState = 'asked' | 'confirmed' | 'declined';

/** A workspace that asks to join, and what became of it. */
export interface Join {
  readonly id: string;
  readonly alliance: AllianceId;
  readonly partner: PartnerId;
  readonly invitation: string;
  /** Who asks: their account, and how they are reached. */
  readonly caller: Caller;
  readonly profile: Pick<Profile, 'name' | 'zone' | 'locale' | 'email'>;
  readonly workspaceName: string;
  readonly askedAt: Instant;
  readonly state: JoinState;
  readonly decidedBy?: PersonId;
  readonly decidedAt?: Instant;
}

/** A company's word that the workspace is the one it invited. */
export interface Confirmation {
  readonly partner: PartnerId;
  readonly person: PersonId;
}

export const CODE_WORDS = 8;
export const INVITATION_MS = 14 * 24 * 60 * 60 * 1_000;
const MOST_PARTNERS = 4;

/** Together they fit beside a button, for somebody who is asked again. */
export const textLimits = { name: 80, company: 60, committee: 80, zone: 40 } as const;

/** The zone as IANA writes it; nothing for a name that is none. */
export const readZone = (said: string): Zone | undefined => {
  const listed = Intl.supportedValuesOf('timeZone').find((zone) => sameName(zone, said));
  if (listed || !/^\p{L}/u.test(said)) return listed;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: said }).resolvedOptions().timeZone && said;
  } catch {
    return undefined;
  }
};

const cityOf = (zone: Zone): string => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');

const zoneSentence = (said: string): string => {
  const near = Intl.supportedValuesOf('timeZone').find((zone) => sameName(cityOf(zone), said));
  const shown = cut(said, textLimits.zone);
  return near
    ? `Time zones have two parts. For ${shown}, write ${near}.`
    : `Entente does not know the time zone '${shown}'. Write one such as Europe/Zurich or America/New_York.`;
};

const NO_ZONE = 'Write the time zone of the alliance, such as Europe/Zurich.';

const zoneSchema = z
  .string(NO_ZONE)
  .trim()
  .min(1, NO_ZONE)
  // No zone is half as long, and to look for one among hundreds of names takes time with every character.
  .transform((said) => [...said].slice(0, 2 * textLimits.zone).join(''))
  .transform((said, context): Zone => {
    const zone = readZone(said);
    if (zone === undefined) context.addIssue({ code: 'custom', message: zoneSentence(said) });
    return zone ?? 'UTC';
  });

export const companySchema = nameText('A company’s name', textLimits.company, 'Write the name of the company.');

const named = nameText('An alliance’s name', textLimits.name, 'Write the name of the alliance.');

export const setupSchema = z.object({
  own: companySchema,
  partner: companySchema,
  name: z.preprocess((name) => (typeof name === 'string' && isSeen(name) ? name : undefined), named.optional()),
  zone: zoneSchema,
  key: keySchema,
  committee: nameText('A committee’s name', textLimits.committee, 'Write the whole name of the committee.'),
  /** Set when the person was told that the same two companies have an alliance. */
  again: z.literal('yes').optional().catch(undefined),
});

export type Setup = Omit<z.output<typeof setupSchema>, 'name' | 'again'> & { readonly name: string };

/** What is set up, with the name that both companies make where none was written. @throws Refusal */
export const draftSetup = ({ again: _, ...input }: z.output<typeof setupSchema>): Setup => {
  if (sameName(input.own, input.partner))
    throw new Refusal('one-company', 'An alliance is of two companies. Write the other company’s name.', 'partner');
  return { ...input, name: input.name ?? `${input.own} and ${input.partner}` };
};

/** An alliance that the workspace takes part in. */
export interface Existing {
  readonly name: string;
  readonly partners: readonly Partner[];
}

/** @throws Refusal when the workspace has an alliance of that name already */
export const checkNew = (setup: Setup, existing: readonly Existing[]): void => {
  const same = existing.find(({ name }) => sameName(name, setup.name));
  if (same)
    throw new Refusal(
      'set-up-already',
      `Your workspace is in "${same.name}" already, which is of ${namesOf(same.partners)}. Say invite for its codes, or give this one another name.`,
      'name',
    );
};

/** Everybody of a workspace is asked which of its alliances they mean, also of those that nobody ever joins. */
const MOST_WAITING = 5;

/** @throws Refusal for somebody whose alliances mostly wait for the other company */
export const checkWaiting = (waiting: number): void => {
  if (waiting < MOST_WAITING) return;
  throw new Refusal(
    'too-many-waiting',
    'You have set up five alliances that no other company has joined yet. Send their codes first: say invite in each.',
  );
};

/** An alliance of the same companies: it may be meant, or not known of. */
export const findTwin = <E extends Existing>({ own, partner }: Setup, existing: readonly E[]): E | undefined =>
  existing.find(({ partners }) => [own, partner].every((name) => partners.some((one) => sameName(one.name, name))));

/** 'Acme Bio' of 'Acme Bio (acme.slack.com)'; nothing of a bare domain. */
export const companyIn = (workspaceName: string): string | undefined =>
  /^(.+?) \([^()]*\)$/u.exec(workspaceName)?.[1]?.slice(0, textLimits.company);

export type InviteWish =
  | { readonly verb: 'list' }
  | { readonly verb: 'invite'; readonly company: string }
  | { readonly verb: 'add'; readonly company: string };

export const inviteSchema = z.string().transform((text, context): InviteWish => {
  const said = text.trim().replace(/\s+/gu, ' ');
  if (said === '') return { verb: 'list' };
  const [, added] = /^add(?: (.+))?$/iu.exec(said) ?? [];
  if (!/^add( |$)/iu.test(said)) return { verb: 'invite', company: said };
  const company = companySchema.safeParse(added);
  if (company.success) return { verb: 'add', company: company.data };
  const sentence = added === undefined ? 'Say whom: invite add Zeta Labs.' : company.error.issues[0]?.message;
  context.addIssue({ code: 'custom', message: sentence ?? 'That could not be read.' });
  return { verb: 'list' };
});

/** The company that somebody means by its name or the beginning of it. @throws Refusal when none or several */
export const findCompany = (said: string, companies: readonly Partner[]): Partner => {
  const begins = companies.filter(({ name }) => folded(name).startsWith(folded(said)));
  const found = companies.find(({ name }) => sameName(name, said)) ?? (begins.length === 1 ? begins[0] : undefined);
  if (found) return found;
  throw new Refusal(
    'no-company',
    `The alliance is of ${namesOf(companies)}. Say invite and one of these names, or invite add and the name of a further company.`,
  );
};

/** @throws Refusal when the alliance is full */
export const checkRoom = (companies: readonly Partner[]): void => {
  if (companies.length < MOST_PARTNERS) return;
  throw new Refusal(
    'full',
    `An alliance has at most four companies, and this one is of ${namesOf(companies)}. Withdraw an invitation that is not needed, or set up another alliance.`,
  );
};

/** @throws Refusal when the company is there already, or the alliance is full */
export const checkAdd = (company: string, companies: readonly Partner[]): void => {
  const same = companies.find(({ name }) => sameName(name, company));
  if (same)
    throw new Refusal('company-known', `${same.name} is in this alliance already. Say invite ${same.name} for a code.`);
  checkRoom(companies);
};

export const isLive = ({ usedAt, withdrawnAt, expiresAt }: Invitation, now: Instant): boolean =>
  usedAt === undefined && withdrawnAt === undefined && now < expiresAt;

/** @throws Refusal unless the code can still be used */
export const checkLive = (invitation: Invitation, now: Instant): void => {
  if (!isLive(invitation, now))
    throw new Refusal('not-live', 'This code does not work any more. Say invite for those that do.');
};

/** The companies that are in and have not confirmed yet. */
export const missingFrom = (joined: readonly Partner[], confirmations: readonly Confirmation[]): readonly Partner[] =>
  joined.filter(({ id }) => !confirmations.some(({ partner }) => partner === id));

/** @throws Refusal when the request was decided, or the actor's company has confirmed */
export const checkConfirm = (
  join: Join,
  own: Partner,
  joined: readonly Partner[],
  confirmations: readonly Confirmation[],
  names: ReadonlyMap<PersonId, string>,
): void => {
  checkAsked(join, names);
  const mine = confirmations.find(({ partner }) => partner === own.id);
  if (!mine) return;
  const missing = namesOf(missingFrom(joined, confirmations));
  throw new Refusal(
    'confirmed-already',
    `${names.get(mine.person) ?? 'Somebody'} has confirmed for ${own.name}. What is missing is ${missing}.`,
  );
};

/** @throws Refusal when the request was decided */
export const checkAsked = ({ state, decidedBy }: Join, names: ReadonlyMap<PersonId, string>): void => {
  if (state === 'asked') return;
  const who = (decidedBy && names.get(decidedBy)) ?? 'Somebody';
  throw new Refusal('decided', `${who} has ${state} this request already.`);
};
