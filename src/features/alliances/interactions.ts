import { z } from 'zod';
import type { Ctx, Visit } from '../../core/context.js';
import type { Tx } from '../../core/db/store.js';
import {
  findPartnerOf,
  insertAlliance,
  insertPartner,
  joinWorkspace,
  listAlliancesAt,
} from '../../core/directory/alliances.js';
import { insertCommittee } from '../../core/directory/committees.js';
import { ensureMember, ensurePerson, findPerson } from '../../core/directory/people.js';
import { Refusal } from '../../core/errors.js';
import { type Interaction, interaction, openInteraction, type Press } from '../../core/feature.js';
import type { AllianceId, CommitteeId, PartnerId } from '../../core/ids.js';
import { namesOf } from '../../core/sentences.js';
import { type Button, type NoticeView, notice, secretNotice, type View } from '../../core/view.js';
import {
  checkJoined,
  codeAgain,
  codeNotice,
  invite,
  inviteCompany,
  listCompanies,
  lookUp,
  notWorking,
} from './commands.js';
import {
  checkAsked,
  checkConfirm,
  checkLive,
  checkNew,
  checkRoom,
  draftSetup,
  findTwin,
  type Invitation,
  type Join,
  missingFrom,
  type Setup,
  setupSchema,
} from './rules.js';
import {
  companyOf,
  getAround,
  getInvitation,
  getJoin,
  insertJoin,
  inviterOf,
  saveDecided,
  spendInvitation,
  withdrawInvitation,
} from './store.js';
import { type Around, setUpNotice, subjectOf } from './views.js';

const nothing = z.object({});

/** Whoever arrives becomes one of the partner's people, and runs the alliance for it. */
const settle = async (db: Tx, arriving: Pick<Join, 'caller' | 'profile'>, partner: PartnerId, newId: () => string) => {
  const { caller, profile } = arriving;
  await joinWorkspace(db, partner, caller);
  const person = await ensurePerson(db, caller, profile, newId);
  await ensureMember(db, partner, person, true);
  return person;
};

/** Answered by the feature that binds channels. */
const bindButton = (key: string, carry: Button['carry']): Button => ({
  id: 'committees.bind',
  label: `Bind this channel to the ${key}`,
  carry,
});

const setUp = async (setup: Setup, visit: Visit): Promise<View> => {
  const { db, newId, spot } = visit;
  const [alliance, committee] = [newId() as AllianceId, newId() as CommitteeId];
  const [own, partner] = [newId() as PartnerId, newId() as PartnerId];
  await insertAlliance(db, { id: alliance, name: setup.name, zone: setup.zone });
  await insertPartner(db, alliance, own, setup.own);
  await insertPartner(db, alliance, partner, setup.partner);
  await insertCommittee(db, { id: committee, alliance, key: setup.key, name: setup.committee });
  const person = await settle(db, visit, own, newId);
  const work = visit.work(alliance, person);
  await work.record(subjectOf(alliance), 'set-up', { ...setup, founder: own, workspaceName: visit.workspaceName });
  const invitation = await invite(work, { partner, company: setup.partner, by: person });
  const sending = {
    ...{ code: codeAgain(work, invitation) ?? '', company: setup.partner },
    until: invitation.expiresAt,
    zone: visit.profile.zone ?? setup.zone,
  };
  return setUpNotice(setup, sending, spot.direct ? [] : [bindButton(setup.key, { committee, alliance })]);
};

/** Asks once: a second alliance of the same companies is rarely meant. */
const twinNotice = ({ own, partner, ...setup }: Setup, existing: string): NoticeView =>
  notice(
    `Your workspace is in "${existing}" already, and ${own} and ${partner} with it. Say invite for its codes, or set up another alliance of the same companies.`,
    [{ id: 'alliances.setup', label: 'Set up another one', carry: { ...setup, own, partner, again: 'yes' } }],
  );

const setupInteraction = openInteraction({
  id: 'alliances.setup',
  values: setupSchema,
  visit: async ({ values }, visit) => {
    const setup = draftSetup(values);
    const existing = await listAlliancesAt(visit.db, visit.caller);
    checkNew(setup, existing);
    const twin = values.again ? undefined : findTwin(setup, existing);
    if (twin) return twinNotice(setup, twin.name);
    await checkJoined(visit);
    return setUp(setup, visit);
  },
});

/** Uses the code up, and tells those who run the alliance for the companies that are in. */
const ask = async (invitation: Invitation, visit: Visit): Promise<View> => {
  const { db, caller, now, directory } = visit;
  const { alliance, partner } = invitation;
  if (!(await spendInvitation(db, invitation.id, now))) return (await notWorking(visit)).answer;
  const join: Join = {
    id: visit.newId(),
    alliance,
    partner,
    invitation: invitation.id,
    caller,
    profile: visit.profile,
    workspaceName: visit.workspaceName,
    askedAt: now,
    state: 'asked',
  };
  await insertJoin(db, join);
  const work = visit.work(alliance);
  for (const { id } of await directory.partners(alliance))
    for (const professional of await directory.professionals(id)) await work.tell(professional.id, subjectOf(join.id));
  const company = await companyOf(db, invitation);
  return secretNotice(
    `Asked to join "${await directory.allianceName(alliance)}" as ${company}. ${await inviterOf(invitation, visit)} has been told, and confirms that ${visit.workspaceName} is yours. You are told here when that is done.`,
  );
};

const joinInteraction = openInteraction({
  id: 'alliances.join',
  values: z.object({ code: z.string() }),
  visit: async ({ values: { code } }, visit) => {
    const looked = await lookUp(code, visit);
    return 'answer' in looked ? looked.answer : ask(looked.invitation, visit);
  },
});

const loadJoin = async ({ subject }: Pick<Press, 'subject'>, ctx: Ctx): Promise<{ join: Join; around: Around }> => {
  const join = subject && (await getJoin(ctx.db, subject.id, ctx.place.audience));
  if (!join)
    throw new Refusal('no-request', 'This request is not in your alliance. Say invite to see what waits for you.');
  return { join, around: await getAround(join, ctx, ctx.place.audience) };
};

/** The workspace is in from now on, and whoever asked runs the alliance for its company. */
const admit = async (join: Join, company: string, ctx: Ctx): Promise<void> => {
  const { db, alliance, now, actor } = ctx;
  const known = await findPerson(db, join.caller);
  const person = known && (await findPartnerOf(db, alliance, known));
  const at = (await listAlliancesAt(db, join.caller)).find((one) => one.alliance === alliance);
  const other = [person, at?.partners.find(({ id }) => id === at.own)].find((one) => one && one.id !== join.partner);
  if (other)
    throw new Refusal(
      'another-company',
      `${join.profile.name} acts for ${other.name} in this alliance by now. Decline this request, and invite somebody else of ${company}.`,
    );
  const partners = await ctx.directory.partners(alliance);
  if (!partners.some(({ id }) => id === join.partner)) {
    checkRoom(partners);
    await insertPartner(db, alliance, join.partner, company);
  }
  const newcomer = await settle(db, join, join.partner, ctx.newId);
  await saveDecided(db, join.id, { state: 'confirmed', by: actor.person, at: now, person: newcomer });
  const { platform, workspace } = join.caller;
  await ctx.record(subjectOf(join.id), 'joined', { company, platform, workspace, workspaceName: join.workspaceName });
  await ctx.tell(newcomer, subjectOf(join.id));
};

const confirm = interaction({
  id: 'alliances.confirm',
  values: nothing,
  run: async (press, ctx) => {
    const { join, around } = await loadJoin(press, ctx);
    const { person, partner: own } = ctx.actor;
    checkConfirm(join, own, around.joined, around.confirmations, around.names);
    await ctx.record(subjectOf(join.id), 'confirmed', { partner: own.id, workspaceName: join.workspaceName });
    const missing = missingFrom(around.joined, [...around.confirmations, { partner: own.id, person }]);
    if (missing.length > 0)
      return notice(`You confirmed ${join.workspaceName} for ${own.name}. What is missing is ${namesOf(missing)}.`);
    await admit(join, around.company, ctx);
    return notice(
      `${around.company} is in, with ${join.workspaceName}. ${join.profile.name} is told that you confirmed.`,
    );
  },
});

const decline = interaction({
  id: 'alliances.decline',
  values: nothing,
  run: async (press, ctx) => {
    const { join, around } = await loadJoin(press, ctx);
    checkAsked(join, around.names);
    await saveDecided(ctx.db, join.id, { state: 'declined', by: ctx.actor.person, at: ctx.now });
    await ctx.record(subjectOf(join.id), 'declined', { company: around.company, workspaceName: join.workspaceName });
    return notice(`Declined, and the code is used up. Say invite ${around.company} for a new one.`);
  },
});

type Handle = (ctx: Ctx, invitation: Invitation, company: string) => Promise<View>;

const onInvitation = (id: Interaction['id'], handle: Handle): Interaction =>
  interaction({
    id,
    values: nothing,
    run: async ({ subject }, ctx) => {
      const found = subject && (await getInvitation(ctx.db, subject.id, ctx.place.audience));
      if (!found)
        throw new Refusal('no-invitation', 'This code is not of your alliance. Say invite for those that are.');
      checkLive(found, ctx.now);
      return handle(ctx, found, await companyOf(ctx.db, found));
    },
  });

const withdraw: Handle = async (ctx, { id }, company) => {
  await withdrawInvitation(ctx.db, id, ctx.now);
  await ctx.record(subjectOf(id), 'withdrawn', { company });
  return notice(`The code for ${company} does not work any more. Say invite ${company} for a new one.`);
};

const inviteAgain = interaction({
  id: 'alliances.invite',
  values: z.object({ partner: z.string() }),
  run: async ({ values }, ctx) => {
    const company = (await listCompanies(ctx)).find(({ id }) => id === values.partner);
    if (!company) throw new Refusal('no-company', 'This company is not in your alliance. Say invite to see who is.');
    return inviteCompany(ctx, company);
  },
});

export const allianceInteractions: readonly Interaction[] = [
  setupInteraction,
  joinInteraction,
  confirm,
  decline,
  inviteAgain,
  onInvitation('alliances.show', codeNotice),
  onInvitation('alliances.renew', (ctx, { partner }, name) => inviteCompany(ctx, { id: partner, name })),
  onInvitation('alliances.withdraw', withdraw),
];
