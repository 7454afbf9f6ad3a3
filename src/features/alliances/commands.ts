import { z } from 'zod';
import { answerWrong, type Trier, tryCode } from '../../core/attempts.js';
import { codeOf, fingerprintOf, spelled } from '../../core/codes.js';
import type { Ctx, Partner, Visit, Work } from '../../core/context.js';
import { listAlliancesAt, listJoined } from '../../core/directory/alliances.js';
import { Refusal } from '../../core/errors.js';
import { type Command, command, openCommand } from '../../core/feature.js';
import type { PartnerId, PersonId } from '../../core/ids.js';
import { cut } from '../../core/sentences.js';
import { type ListItem, type NoticeView, notice, secretNotice, type Text, type View } from '../../core/view.js';
import {
  CODE_WORDS,
  checkAdd,
  checkWaiting,
  companyIn,
  findCompany,
  INVITATION_MS,
  type Invitation,
  type InviteWish,
  inviteSchema,
  isLive,
  type Join,
  textLimits,
} from './rules.js';
import {
  companyAsked,
  companyOf,
  findInvitation,
  insertInvitation,
  inviterOf,
  listAsked,
  listLive,
  listOpen,
  listRequests,
  originOf,
  withdrawInvitation,
} from './store.js';
import {
  codeForm,
  enterButton,
  invitationList,
  offerNotice,
  sendAlong,
  setupForm,
  subjectOf,
  titleOf,
  waitingItem,
} from './views.js';

const NOT_WORKING =
  'This code does not work. A code works once and for 14 days: ask whoever sent it to you for a new one.';

const zoneOf = ({ profile }: Visit): string => profile.zone ?? 'UTC';

export type Looked = { readonly invitation: Invitation } | { readonly answer: NoticeView };

export const trierOf = ({ caller }: Visit): Trier => ({ platform: caller.platform, who: caller.workspace });

export const notWorking = async (visit: Visit): Promise<{ readonly answer: NoticeView }> => ({
  answer: secretNotice(await answerWrong(visit, trierOf(visit), NOT_WORKING)),
});

const pendingText = (join: Join, zone: string): Text => [
  `${join.profile.name} has asked to join for this workspace on `,
  { moment: join.askedAt, zone },
  '. The company that sent the code has been told, and confirms it; until then there is nothing to see here.',
];

const DECLINED = 'What was asked with this code was declined. Ask whoever sent it to you, and for a new one.';

/** @throws Refusal for whoever takes part already, or has asked */
const checkOutside = async ({ id, alliance }: Invitation, visit: Visit): Promise<void> => {
  const at = (await listAlliancesAt(visit.db, visit.caller)).find((one) => one.alliance === alliance);
  const own = at
    ? at.partners.find((partner) => partner.id === at.own)
    : visit.actors.find((actor) => actor.alliance === alliance)?.partner;
  if (own)
    throw new Refusal(
      'own-alliance',
      `Your workspace takes part in "${await visit.directory.allianceName(alliance)}" already, for ${own.name}. The code is for another one: send it along.`,
    );
  const requests = (await listRequests(visit.db, visit.caller)).filter((join) => join.alliance === alliance);
  if (requests.some((join) => join.state === 'asked'))
    throw new Refusal('asked-already', 'Your workspace has asked already. Say join to see how it stands.');
  if (requests.some((join) => join.invitation === id && join.state === 'declined'))
    throw new Refusal('declined', DECLINED);
};

/**
 * The invitation that a code is for, or what to answer instead: everything that does not work has one sentence, so that
 * nobody learns from it what exists.
 */
export const lookUp = async (code: string, visit: Visit): Promise<Looked> => {
  const tried = await tryCode(visit, trierOf(visit), { text: code, count: CODE_WORDS, where: 'your workspace' });
  if ('answer' in tried) return { answer: secretNotice(tried.answer) };
  const invitation = await findInvitation(visit.db, fingerprintOf(tried.words));
  if (invitation) await checkOutside(invitation, visit);
  return invitation && isLive(invitation, visit.now) ? { invitation } : notWorking(visit);
};

/** Shows what is being joined and by whom, and nothing else. */
export const offer = async (code: string, visit: Visit): Promise<View> => {
  const looked = await lookUp(code, visit);
  if ('answer' in looked) return looked.answer;
  const { invitation } = looked;
  return offerNotice({
    alliance: await visit.directory.allianceName(invitation.alliance),
    company: await companyOf(visit.db, invitation),
    by: await inviterOf(invitation, visit),
    origin: await originOf(invitation, visit),
    workspaceName: visit.workspaceName,
    code,
  });
};

/** How it stands with what the workspace asked for; else the form for a code. */
const begin = async (visit: Visit): Promise<View> => {
  const [latest] = await listRequests(visit.db, visit.caller);
  const another = [{ ...enterButton, label: 'Join with another code' }];
  if (latest?.state === 'asked') return secretNotice(pendingText(latest, zoneOf(visit)), another);
  const recent = latest !== undefined && visit.now - (latest.decidedAt ?? 0) < INVITATION_MS;
  return latest?.state === 'declined' && recent ? secretNotice(DECLINED, another) : codeForm();
};

export const openSetup = (visit: Visit, name?: string): View =>
  setupForm({
    own: visit.actors[0]?.partner.name ?? companyIn(visit.workspaceName),
    zone: visit.profile.zone,
    ...(name && { name: cut(name, textLimits.name) }),
  });

/** @throws Refusal for somebody who runs alliances that no other company is in */
export const checkJoined = async ({ db, actors }: Visit): Promise<void> => {
  const run = actors.filter(({ professional }) => professional);
  const joined = await Promise.all(run.map(({ alliance }) => listJoined(db, alliance)));
  checkWaiting(joined.filter((partners) => partners.length < 2).length);
};

export interface Invite {
  readonly partner: PartnerId;
  readonly company: string;
  readonly by: PersonId;
}

const wordsOf = ({ derive }: Pick<Work, 'derive'>, id: string): readonly string[] =>
  codeOf(derive(`invitation ${id}`), CODE_WORDS);

/** The code of an invitation, made again; nothing when Entente's secret is another one by now. */
export const codeAgain = (work: Work, { id, fingerprint }: Invitation): string | undefined => {
  const words = wordsOf(work, id);
  return fingerprintOf(words) === fingerprint ? spelled(words) : undefined;
};

/** A new code for a company; the one it had ends. */
export const invite = async (work: Work, { partner, company, by }: Invite): Promise<Invitation> => {
  const { db, alliance, now } = work;
  for (const { id } of (await listLive(db, alliance, now)).filter((one) => one.partner === partner)) {
    // Used at this very moment, it has become a request, and nothing was replaced.
    if (await withdrawInvitation(db, id, now)) await work.record(subjectOf(id), 'replaced', {});
  }
  const id = work.newId();
  const fingerprint = fingerprintOf(wordsOf(work, id));
  const invitation = { id, alliance, partner, fingerprint, madeBy: by, madeAt: now, expiresAt: now + INVITATION_MS };
  await insertInvitation(db, invitation);
  await work.record(subjectOf(id), 'invited', { partner, company, until: invitation.expiresAt });
  return invitation;
};

/** The code with what to send along. */
export const codeNotice = async (ctx: Ctx, invitation: Invitation, company: string): Promise<View> => {
  const code = codeAgain(ctx, invitation);
  if (code === undefined)
    return notice(
      'This code works, but cannot be shown again: Entente runs with another secret than when it was made. Renew makes one that can.',
    );
  const further = (await listJoined(ctx.db, ctx.alliance)).some(({ id }) => id === invitation.partner);
  const note = further ? `${company} is in already: this code lets a further workspace of it ask to join.\n\n` : '';
  return secretNotice([note, ...sendAlong({ code, company, until: invitation.expiresAt, zone: ctx.actor.zone })]);
};

/** The companies of the alliance, those that were invited and are not in yet among them. */
export const listCompanies = async (work: Work): Promise<readonly Partner[]> => {
  const { db, alliance, directory } = work;
  const companies = new Map((await directory.partners(alliance)).map(({ id, name }) => [id, name]));
  for (const { invitation, company } of await listOpen(work, alliance)) companies.set(invitation.partner, company);
  for (const join of await listAsked(db, alliance)) companies.set(join.partner, await companyAsked(db, join));
  return [...companies].map(([id, name]) => ({ id, name }));
};

/** @throws Refusal while a workspace of the company waits to be confirmed */
export const inviteCompany = async (ctx: Ctx, { id, name }: Partner): Promise<View> => {
  const waiting = (await listAsked(ctx.db, ctx.alliance)).find((join) => join.partner === id);
  if (waiting)
    throw new Refusal('asked-already', `${titleOf(waiting, name)}. Confirm or decline that first: say invite.`);
  const invitation = await invite(ctx, { partner: id, company: name, by: ctx.actor.person });
  return codeNotice(ctx, invitation, name);
};

const listInvitations = async (ctx: Ctx): Promise<View> => {
  const { db, alliance, directory } = ctx;
  const open = await listOpen(ctx, alliance);
  const asked = await listAsked(db, alliance);
  const items: ListItem[] = [];
  for (const join of asked) items.push(waitingItem(join, await companyAsked(db, join)));
  const known = [...(await listJoined(db, alliance)).map(({ id }) => id), ...open.map((one) => one.invitation.partner)];
  const busy = [...known, ...asked.map((join) => join.partner)];
  const uninvited = (await directory.partners(alliance)).filter(({ id }) => !busy.includes(id));
  return invitationList(await directory.allianceName(alliance), open, items, uninvited, ctx.actor.zone);
};

const runInvite = async (wish: InviteWish, ctx: Ctx): Promise<View> => {
  if (wish.verb === 'list') return listInvitations(ctx);
  const companies = await listCompanies(ctx);
  if (wish.verb === 'invite') return inviteCompany(ctx, findCompany(wish.company, companies));
  checkAdd(wish.company, companies);
  return inviteCompany(ctx, { id: ctx.newId() as PartnerId, name: wish.company });
};

export const allianceCommands: readonly Command[] = [
  openCommand({
    name: 'setup',
    summary: 'Set up an alliance with another company.',
    usage: '',
    topic: 'alliance',
    within: 'entente',
    args: z.object({ text: z.string() }),
    visit: async ({ text }, visit) => openSetup(visit, text),
  }),
  openCommand({
    name: 'join',
    summary: 'Join an alliance with the code that the other company sent you.',
    usage: '[code]',
    topic: 'alliance',
    within: 'entente',
    args: z.object({ text: z.string() }),
    visit: ({ text }, visit) => (text === '' ? begin(visit) : offer(text, visit)),
  }),
  command({
    name: 'invite',
    summary: 'Show, make, renew or withdraw the codes with which companies join.',
    usage: '[company], or add [further company]',
    topic: 'alliance',
    within: 'entente',
    args: z.object({ text: inviteSchema }),
    run: ({ text }, ctx) => runInvite(text, ctx),
  }),
];
