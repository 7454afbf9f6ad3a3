import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type House, openHouse, people } from '../../test/house/house.js';
import { eachEngine } from '../../test/stores.js';
import type { Actor, Committee, Partner, Role, Seat } from '../core/context.js';
import { parseAlliance } from '../core/directory/alliance-file.js';
import { loadAllianceFile } from '../core/directory/load.js';
import type { Command, Interaction } from '../core/feature.js';
import type { CommitteeId, PartnerId, PersonId } from '../core/ids.js';
import type { Asking } from '../core/permission.js';
import type { Answer, Caller, Spot } from '../core/platform.js';
import type { Subject } from '../core/view.js';
import { decisions } from './decisions/index.js';
import { features } from './index.js';
import { permissions } from './permissions.js';

/*
 * Read a row as: who may say or press this. 'yes' and '-' hold for people of both companies alike; 'own' is yes for
 * people of the company that the thing belongs to, and no for the other's. The columns:
 *
 *   stranger      somebody of a workspace that has joined no alliance
 *   visitor       a guest account in a workspace of the alliance
 *   none          one of a company's people, without a seat
 *   guest ...     the seat they have on the committee that it is about
 *   professional  runs the alliance for their company, without a seat
 *   author        made the thing itself, and has no seat any more
 *   owner         owes it, and has no seat any more; where nothing is said, they may what somebody without a seat may
 */
const policy = `
                          stranger visitor none guest observer alternate member co-chair professional author owner
action                    -        -       -    -     yes      yes       yes    yes      yes          -      -
actions.record            -        -       -    -     yes      yes       yes    yes      yes          -      -
actions.begin             -        -       -    -     yes      yes       yes    yes      yes          -      -
actions.accept            -        -       -    -     -        -         -      -        -            -      yes
actions.ask-date          -        -       -    -     -        -         -      -        yes          yes    yes
actions.date              -        -       -    -     -        -         -      -        yes          yes    yes
actions.ask-decline       -        -       -    -     -        -         -      -        -            -      yes
actions.decline           -        -       -    -     -        -         -      -        -            -      yes
actions.done              -        -       -    -     -        -         -      -        -            -      yes
actions.ask-block         -        -       -    -     -        -         -      -        -            -      yes
actions.block             -        -       -    -     -        -         -      -        -            -      yes
actions.unblock           -        -       -    -     -        -         -      -        -            -      yes
actions.ask-drop          -        -       -    -     -        -         -      -        yes          yes    yes
actions.drop              -        -       -    -     -        -         -      -        yes          yes    yes
actions.ask-hand-over     -        -       -    -     -        -         -      -        yes          yes    yes
actions.hand-over         -        -       -    -     -        -         -      -        yes          yes    yes
actions.history           -        -       yes  yes   yes      yes       yes    yes      yes          yes    yes
actions.undo-record       -        -       -    -     -        -         -      -        -            yes    -
actions.undo-accept       -        -       -    -     -        -         -      -        -            -      yes
actions.undo-done         -        -       -    -     -        -         -      -        -            -      yes
actions.undo-drop         -        -       -    -     -        -         -      -        yes          yes    yes

meeting                   -        -       yes  yes   yes      yes       yes    yes      yes          yes
meetings.ask-schedule     -        -       -    -     yes      yes       yes    yes      yes          -
meetings.schedule         -        -       -    -     yes      yes       yes    yes      yes          -
meetings.ask-move         -        -       -    -     -        -         -      yes      yes          -
meetings.move             -        -       -    -     -        -         -      yes      yes          -
meetings.ask-cancel       -        -       -    -     -        -         -      yes      yes          -
meetings.cancel           -        -       -    -     -        -         -      yes      yes          -
meetings.undo             -        -       -    -     -        -         -      yes      yes          -
meetings.agenda           -        -        yes  yes   yes      yes       yes    yes      yes          yes
meetings.propose          -        -        -    -     yes      yes       yes    yes      yes          -      -
meetings.add-item         -        -        -    -     yes      yes       yes    yes      yes          -      -
meetings.accept-item      -        -        -    -     -        -         -      yes      yes          -      -
meetings.ask-decline-item -        -        -    -     -        -         -      yes      yes          -      -
meetings.decline-item     -        -        -    -     -        -         -      yes      yes          -      -
meetings.move-item        -        -        -    -     -        -         -      yes      yes          -      -
meetings.take-up          -        -        -    -     -        -         -      yes      yes          -      -
meetings.keep             -        -        -    -     -        -         -      yes      yes          -      -
meetings.edit-item        -        -        -    -     -        -         -      yes      yes          yes    yes
meetings.change-item      -        -        -    -     -        -         -      yes      yes          yes    yes
meetings.ask-paper        -        -        -    -     -        -         -      yes      yes          yes    yes
meetings.add-paper        -        -        -    -     -        -         -      yes      yes          yes    yes
meetings.ask-guest        -        -        -    -     -        -         -      yes      yes          yes    yes
meetings.invite-guest     -        -        -    -     -        -         -      yes      yes          yes    yes
meetings.uninvite         -        -        -    -     -        -         -      yes      yes          yes    yes
meetings.remove-item      -        -        -    -     -        -         -      yes      yes          yes    yes
meetings.undo-remove      -        -        -    -     -        -         -      yes      yes          yes    yes
meetings.ask-plan         -        -       -    -     -        -         -      yes      yes          -
meetings.plan             -        -       -    -     -        -         -      yes      yes          -
meetings.undo-plan        -        -       -    -     -        -         -      yes      yes          -
meetings.still-going      -        -       -    -     -        -         -      yes      yes          -
meetings.took-place       -        -       -    -     -        -         -      yes      yes          -
meetings.aligned          -        -       -    -     -        -         yes    yes      -            -
meetings.ask-if           -        -       -    -     -        -         yes    yes      -            -
meetings.if               -        -       -    -     -        -         yes    yes      -            -
meetings.ask-step         -        -       -    -     -        -         yes    yes      -            -
meetings.step             -        -       -    -     -        -         yes    yes      -            -
meetings.not-yet          -        -       -    -     -        -         yes    yes      -            -
meetings.ask-note         -        -       -    -     own      own       own    own      own          -
meetings.note             -        -       -    -     own      own       own    own      own          -
meetings.undo-note        -        -       -    -     own      own       own    own      own          -
meetings.positions        -        -       own  own   own      own       own    own      own          own
meetings.card             -        -       yes  yes   yes      yes       yes    yes      yes          yes
meetings.duties           -        -       yes  yes   yes      yes       yes    yes      yes          yes
meetings.ask-snooze       -        -       yes  yes   yes      yes       yes    yes      yes          yes
meetings.snooze           -        -       yes  yes   yes      yes       yes    yes      yes          yes
meetings.unsnooze         -        -       yes  yes   yes      yes       yes    yes      yes          yes
meetings.ask-hand-over    -        -       -    -     -        -         -      yes      yes          -      yes
meetings.hand-over        -        -       -    -     -        -         -      yes      yes          -      yes
meetings.undo-hand-over   -        -       -    -     yes      yes       yes    yes      yes          -
meetings.readiness        -        -       -    -     -        -         -      yes      yes          -
meetings.nudge            -        -       -    -     -        -         -      yes      yes          -
meetings.minutes          -        -       yes  yes   yes      yes       yes    yes      yes          yes
meetings.changes          -        -       yes  yes   yes      yes       yes    yes      yes          yes
meetings.history          -        -       yes  yes   yes      yes       yes    yes      yes          yes
meetings.fine             -        -       -    -     yes      yes       yes    yes      yes          -
meetings.undo-fine        -        -       -    -     yes      yes       yes    yes      yes          -
meetings.ask-change       -        -       -    -     yes      yes       yes    yes      yes          -
meetings.propose-change   -        -       -    -     yes      yes       yes    yes      yes          -
meetings.take-change      -        -       -    -     -        -         -      yes      yes          -
meetings.ask-leave        -        -       -    -     -        -         -      yes      yes          yes
meetings.leave-change     -        -       -    -     -        -         -      yes      yes          yes
meetings.ask-correction   -        -       -    -     yes      yes       yes    yes      yes          -
meetings.correct          -        -       -    -     yes      yes       yes    yes      yes          -
meetings.ask-document     -        -       yes  yes   yes      yes       yes    yes      yes          yes
meetings.accept-document  -        -       yes  yes   yes      yes       yes    yes      yes          yes
meetings.decline-document -        -       yes  yes   yes      yes       yes    yes      yes          yes
meetings.invite           -        -       yes  yes   yes      yes       yes    yes      yes          yes
meetings.invite-file      -        -       yes  yes   yes      yes       yes    yes      yes          yes
meetings.take-file        -        -       yes  yes   yes      yes       yes    yes      yes          yes
meetings.leave-file       -        -       yes  yes   yes      yes       yes    yes      yes          yes
open                      -        -       -    -     -        -         -      yes      yes          -
close                     -        -       -    -     -        -         -      yes      yes          -
meetings.open             -        -       -    -     -        -         -      yes      yes          -
meetings.undo-open        -        -       -    -     -        -         -      yes      yes          -
meetings.next             -        -       -    -     -        -         -      yes      yes          -
meetings.park             -        -       -    -     -        -         -      yes      yes          -
meetings.back             -        -       -    -     -        -         -      yes      yes          -
meetings.undo-step        -        -       -    -     -        -         -      yes      yes          -
meetings.here             -        -       -    -     -        -         -      yes      yes          -
meetings.set-here         -        -       -    -     -        -         -      yes      yes          -
meetings.close            -        -       -    -     -        -         -      yes      yes          -
meetings.close-now        -        -       -    -     -        -         -      yes      yes          -
meetings.keep-open        -        -       -    -     -        -         -      yes      yes          -
meetings.undo-close       -        -       -    -     -        -         -      yes      yes          -
meetings.coming           -        -       -    -     yes      yes       yes    yes      yes          -
meetings.not-coming       -        -       -    -     yes      yes       yes    yes      yes          -
meetings.alternate        -        -       -    -     yes      yes       yes    yes      yes          -
meetings.recusals         -        -       -    -     yes      yes       yes    yes      yes          -
meetings.ask-recuse       -        -       -    -     yes      yes       yes    yes      yes          -
meetings.recuse           -        -       -    -     yes      yes       yes    yes      yes          -
meetings.unrecuse         -        -       -    -     yes      yes       yes    yes      yes          -

setup                     yes      -       yes  yes   yes      yes       yes    yes      yes          yes
join                      yes      -       yes  yes   yes      yes       yes    yes      yes          yes
invite                    -        -       -    -     -        -         -      -        yes          -
alliances.begin           yes      -       yes  yes   yes      yes       yes    yes      yes          yes
alliances.enter           yes      -       yes  yes   yes      yes       yes    yes      yes          yes
alliances.setup           yes      -       yes  yes   yes      yes       yes    yes      yes          yes
alliances.look            yes      -       yes  yes   yes      yes       yes    yes      yes          yes
alliances.join            yes      -       yes  yes   yes      yes       yes    yes      yes          yes
alliances.confirm         -        -       -    -     -        -         -      -        yes          -
alliances.decline         -        -       -    -     -        -         -      -        yes          -
alliances.invite          -        -       -    -     -        -         -      -        yes          -
alliances.show            -        -       -    -     -        -         -      -        yes          -
alliances.renew           -        -       -    -     -        -         -      -        yes          -
alliances.withdraw        -        -       -    -     -        -         -      -        yes          -

calendar                  -        -       yes  yes   yes      yes       yes    yes      yes          yes
out                       -        -       yes  yes   yes      yes       yes    yes      yes          yes
back                      -        -       yes  yes   yes      yes       yes    yes      yes          yes
holidays                  -        -       yes  yes   yes      yes       yes    yes      yes          yes
mute                      -        -       yes  yes   yes      yes       yes    yes      yes          yes
unmute                    -        -       yes  yes   yes      yes       yes    yes      yes          yes
calendar.renew-address    -        -       yes  yes   yes      yes       yes    yes      yes          yes
calendar.stop-address     -        -       yes  yes   yes      yes       yes    yes      yes          yes
calendar.form             -        -       yes  yes   yes      yes       yes    yes      yes          yes
calendar.set              -        -       yes  yes   yes      yes       yes    yes      yes          yes
calendar.cover            -        -       -    -     -        -         -      -        own          yes
calendar.back             -        -       -    -     -        -         -      -        own          yes
calendar.undo             -        -       -    -     -        -         -      -        own          yes
calendar.remove           -        -       -    -     -        -         -      -        own          -
calendar.unmute           -        -       yes  yes   yes      yes       yes    yes      yes          yes

committee                 -        -       -    -     -        -         -      -        yes          -
bind                      -        -       -    -     -        -         -      yes      yes          -
unbind                    -        -       -    -     -        -         -      yes      yes          -
committees.form           -        -       -    -     -        -         -      -        yes          -
committees.add            -        -       -    -     -        -         -      -        yes          -
committees.edit           -        -       -    -     -        -         -      -        yes          -
committees.rename         -        -       -    -     -        -         -      -        yes          -
committees.ask-close      -        -       -    -     -        -         -      -        yes          -
committees.close          -        -       -    -     -        -         -      -        yes          -
committees.bind           -        -       -    -     -        -         -      yes      yes          -
committees.unbind         -        -       -    -     -        -         -      yes      yes          -

decision                  -        -       -    -     yes      yes       yes    yes      yes          -
decisions.record          -        -       -    -     yes      yes       yes    yes      yes          -
decisions.begin           -        -       -    -     yes      yes       yes    yes      yes          -
decisions.confirm         -        -       -    -     -        -         yes    yes      -            -
decisions.suggest         -        -       -    -     -        -         yes    yes      yes          yes
decisions.revise          -        -       -    -     -        -         yes    yes      yes          yes
decisions.withdraw        -        -       -    -     -        -         -      -        yes          yes
decisions.history         -        -       yes  yes   yes      yes       yes    yes      yes          yes
decisions.undo-record     -        -       -    -     -        -         -      -        -            yes
decisions.undo-confirm    -        -       -    -     -        -         yes    yes      -            -
decisions.undo-withdraw   -        -       -    -     -        -         -      -        yes          yes
decisions.ask-dispute     -        -       -    -     -        -         yes    yes      -            -
decisions.dispute         -        -       -    -     -        -         yes    yes      -            -
decisions.take-back       -        -       -    -     -        -         yes    yes      -            -
decisions.supersede       -        -       -    -     yes      yes       yes    yes      yes          -
decisions.amend           -        -       -    -     yes      yes       yes    yes      yes          -
decisions.replace         -        -       -    -     yes      yes       yes    yes      yes          -
decisions.file            -        -       -    -     yes      yes       yes    yes      yes          -
decisions.still-right     -        -       -    -     -        -         -      yes      -            -
decisions.revisit         -        -       -    -     -        -         -      yes      -            -
decisions.ask-review      -        -       -    -     -        -         -      yes      -            -
decisions.review-on       -        -       -    -     -        -         -      yes      -            -
decisions.undo-review     -        -       -    -     -        -         -      yes      -            -
why                       -        -       yes  yes   yes      yes       yes    yes      yes          yes

log                       -        -       yes  yes   yes      yes       yes    yes      yes          yes
catchup                   -        -       yes  yes   yes      yes       yes    yes      yes          yes
log.page                  -        -       yes  yes   yes      yes       yes    yes      yes          yes
log.catchup               -        -       yes  yes   yes      yes       yes    yes      yes          yes

link                      yes      yes     yes  yes   yes      yes       yes    yes      yes          yes
people.link               yes      yes     yes  yes   yes      yes       yes    yes      yes          yes
forget                    -        -       yes  yes   yes      yes       yes    yes      yes          yes
people.forget             -        -       yes  yes   yes      yes       yes    yes      yes          yes
people.keep               -        -       yes  yes   yes      yes       yes    yes      yes          yes

roster                    -        -       yes  yes   yes      yes       yes    yes      yes          yes
seat                      -        -       -    -     -        -         -      -        yes          -
unseat                    -        -       -    -     -        -         -      -        yes          -
seats.roster              -        -       yes  yes   yes      yes       yes    yes      yes          yes
seats.form                -        -       -    -     -        -         -      -        yes          -
seats.seat                -        -       -    -     -        -         -      -        yes          -
seats.unseat              -        -       -    -     -        -         -      -        yes          -
seats.undo                -        -       -    -     -        -         -      -        own          -

status                    -        -       -    -     -        -         -      -        yes          -
status.retry              -        -       -    -     -        -         -      -        yes          -

export                    -        -       -    -     -        -         -      -        yes          -
exports.accept            -        -       -    -     -        -         -      -        yes          -
exports.decline           -        -       -    -     -        -         -      -        yes          -
`;

const [kinds = [], ...rows] = policy
  .trim()
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => line.trim().split(/\s+/));
const companies = ['own', 'other'] as const;
type Company = (typeof companies)[number];

interface Claim {
  readonly line: string;
  readonly kind: string;
  readonly company: Company;
  readonly may: boolean;
}

const claims: readonly Claim[] = rows.flatMap(([line = '', ...cells]) =>
  kinds.flatMap((kind, index) =>
    companies.map((company) => {
      const cell = cells[index] ?? cells[kinds.indexOf('none')];
      return { line, kind, company, may: cell === 'yes' || (cell === 'own' && company === 'own') };
    }),
  ),
);

const committee: Committee = { id: 'jsc' as CommitteeId, alliance: 'a' as never, key: 'JSC', name: 'Steering' };
const partners: Record<Company, Partner> = {
  own: { id: 'p-own' as PartnerId, name: 'Acme Bio' },
  other: { id: 'p-other' as PartnerId, name: 'Nova Pharma' },
};
const roles: readonly string[] = ['guest', 'observer', 'alternate', 'member', 'co-chair'] satisfies Role[];

const askingOf = ({ kind, company }: Claim): Asking => {
  const person = `${kind} ${company}` as PersonId;
  const seat = { committee: committee.id, person, personName: kind, partner: partners[company].id, role: kind as Role };
  const actor = {
    ...{ person, name: kind, partner: partners[company], alliance: committee.alliance, zone: 'UTC' },
    professional: kind === 'professional',
    seats: roles.includes(kind) ? [seat satisfies Seat] : [],
  } as unknown as Actor;
  const author = kind === 'author' ? person : ('somebody' as PersonId);
  const owner = { id: kind === 'owner' ? person : ('somebody' as PersonId), name: 'Ben Ito' };
  return { actor, committee, about: { committee: committee.id, author, owner, partner: partners.own.id } };
};

const handlers = new Map<string, Pick<Interaction | Command, 'visit' | 'guests'>>(
  features.flatMap(({ commands = [], interactions = [] }) => [
    ...commands.map((one) => [one.name, one] as const),
    ...interactions.map((one) => [one.id, one] as const),
  ]),
);

/** Strangers and visitors never come as far as the table: who may write from outside is what the handlers say. */
const allows = (claim: Claim): boolean => {
  const handler = handlers.get(claim.line);
  if (claim.kind === 'visitor') return handler?.guests ?? false;
  if (claim.kind === 'stranger') return handler?.visit !== undefined;
  return permissions[claim.line]?.allows(askingOf(claim)) ?? false;
};

describe('the policy', () => {
  it('has a row for each line of the table, and no other', () => {
    expect(rows.map(([line]) => line).sort()).toEqual(Object.keys(permissions).sort());
    expect(rows.filter((row) => ![kinds.length, kinds.length + 1].includes(row.length))).toEqual([]);
  });

  it.each(rows.map(([line = '']) => line))('of %s is what the table does', (line) => {
    const own = claims.filter((claim) => claim.line === line);
    expect(own.map((claim) => ({ ...claim, may: allows(claim) }))).toEqual(own);
  });

  it('is told to whoever may not in one or two sentences that say what to do, and names no stranger', () => {
    for (const claim of claims.filter((one) => !one.may && !['stranger', 'visitor'].includes(one.kind))) {
      const sentence = permissions[claim.line]?.refusal(askingOf(claim));
      expect(sentence, JSON.stringify(claim)).toMatch(/^[A-Z][^!]{10,220}\.$/u);
    }
  });
});

const everyRole = roles.map((role) => ({ role, keys: { own: `o-${role}`, other: `n-${role}` } }));

/** Somebody of each kind on each side, besides those of the demo alliance. */
const file = `
alliance: { name: Acme and Nova, timeZone: Europe/Zurich }
partners:
  - { key: acme, name: Acme Bio, slack: { team: T01ACME } }
  - { key: nova, name: Nova Pharma, teams: { tenant: 11111111-1111-1111-1111-111111111111 } }
people:
${companies
  .flatMap((company) => {
    const home = company === 'own' ? 'partner: acme, slack: ' : 'partner: nova, teams: ';
    return [
      ...everyRole.map(({ keys }) => `  - { key: ${keys[company]}, name: ${keys[company]}, ${home}${keys[company]} }`),
      `  - { key: ${company}-none, name: Nobody, ${home}${company}-none }`,
      `  - { key: ${company}-professional, name: Pro, professional: true, ${home}${company}-professional }`,
    ];
  })
  .join('\n')}
committees:
  - key: JSC
    name: Joint Steering Committee
    seats:
${everyRole.flatMap(({ role, keys }) => companies.map((side) => `      - { person: ${keys[side]}, role: ${role} }`)).join('\n')}
    channels: []
`;

const places = {
  own: { platform: 'slack', workspace: 'T01ACME', conversation: 'C01JSC' },
  other: {
    platform: 'teams',
    workspace: '11111111-1111-1111-1111-111111111111',
    conversation: '19:jsc@thread.tacv2',
  },
} as const;

const spotOf = (company: Company): Spot => ({ ...places[company], direct: false });

const callerOf = ({ kind, company }: Pick<Claim, 'kind' | 'company'>): Caller => {
  const { platform, workspace } = places[company];
  if (kind === 'stranger') return { platform, workspace: `${workspace}-elsewhere`, user: 'stranger' };
  const key = everyRole.find(({ role }) => role === kind)?.keys[company] ?? `${company}-${kind}`;
  return { platform, workspace, user: key };
};

const open = async (openStore: () => Promise<House['store']>): Promise<House> => {
  const house = await openHouse(await openStore(), { features: [decisions], permissions });
  await loadAllianceFile(house.store, parseAlliance(file), randomUUID, house.clock.at);
  for (const platform of [house.slack, house.teams])
    for (const company of companies) platform.profiles.set(`${company}-visitor`, { guest: true });
  return house;
};

const sentence = ({ view }: Answer): string => (view.kind === 'notice' ? String(view.text) : view.kind);

const subjectIn = ({ view }: Answer): Subject => {
  const subject = view.kind === 'notice' ? view.buttons?.[0]?.subject : undefined;
  if (!subject) throw new Error(`nothing was recorded: ${JSON.stringify(view)}`);
  return subject;
};

const call = (who: Pick<Claim, 'kind' | 'company'>) => ({
  id: randomUUID(),
  caller: callerOf(who),
  spot: spotOf(who.company),
});

const ana = { kind: 'co-chair', company: 'own' } as const;

/** Does what the claim is about, on a decision of its own. */
const attempt = async ({ inbound }: House, claim: Claim): Promise<Answer> => {
  if (claim.line === 'decision') return inbound.command({ ...call(claim), words: ['decision Meet monthly'] });
  if (claim.line === 'decisions.record')
    return inbound.press({ ...call(claim), interaction: claim.line, values: { text: 'Meet monthly' } });
  // Ana is none of those who press, so what she recorded is nobody else's.
  const recorder =
    claim.kind === 'author' ? call({ ...claim, kind: 'observer' }) : { ...call(ana), caller: people.ana };
  const subject = subjectIn(await inbound.command({ ...recorder, words: ['decision Meet monthly'] }));
  const values = { revision: '1', text: 'Meet weekly', reason: 'holidays' };
  const who = claim.kind === 'author' ? { ...claim, kind: 'observer' } : claim;
  return inbound.press({ ...call(who), interaction: claim.line as 'decisions.confirm', subject, values });
};

const making = new Set([
  'decision',
  ...['record', 'begin', 'supersede', 'amend', 'replace', 'file'].map((verb) => `decisions.${verb}`),
]);

const outsiders: Record<string, RegExp> = {
  stranger: /^This workspace has not joined an alliance yet\./,
  visitor: /^Entente answers the people of the companies in this alliance, and you are a guest here\./,
};

eachEngine('the policy of decisions', (openStore) => {
  it('is kept by every word and button, whoever says or presses it', async () => {
    const house = await open(openStore);
    const refusals = new Set(
      claims.flatMap((claim) => permissions[claim.line]?.refusal(askingOf(claim)) ?? []).filter(Boolean),
    );
    const broken: string[] = [];
    for (const claim of claims.filter(({ line }) => /^decision/.test(line))) {
      // Nobody owes a decision, or is the author of what is only being made.
      if (claim.kind === 'owner') continue;
      if (claim.kind === 'author' && making.has(claim.line)) continue;
      const said = sentence(await attempt(house, claim));
      const outside = outsiders[claim.kind];
      const kept = outside ? outside.test(said) : refusals.has(said) !== claim.may;
      if (!kept) broken.push(`${claim.company} ${claim.kind} ${claim.line}: ${said}`);
    }
    expect(broken).toEqual([]);
  });
});
