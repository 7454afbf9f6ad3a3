/* 'meeting readiness': who is missing what, for those who run the meeting. */
import type { Committee, Ctx, Partner } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { PersonId } from '../../core/ids.js';
import { anyOf, checkPermission, organisers, stewards } from '../../core/permission.js';
import { nameIn } from '../../core/sentences.js';
import { takeMeeting, type Verb } from './choosing-commands.js';
import { byPerson } from './missing-rules.js';
import { listAsked } from './missing-store.js';
import { type Readiness, readinessView } from './missing-views.js';
import { labelOf, type Meeting } from './rules.js';

/** Those who run a meeting. */
export const running = anyOf(stewards, organisers);

const committeeOf = async ({ committee }: Meeting, ctx: Ctx): Promise<Committee> => {
  const found = await ctx.directory.committee(committee);
  if (!found) throw new Refusal('no-committee', 'This committee is not in your alliance.');
  return found;
};

const companiesOf = async (people: readonly PersonId[], ctx: Ctx): Promise<ReadonlyMap<PersonId, Partner>> => {
  const found = new Map<PersonId, Partner>();
  for (const person of people) {
    const partner = await ctx.directory.partnerOf(ctx.alliance, person);
    if (partner) found.set(person, partner);
  }
  return found;
};

/** @throws Refusal for a meeting that is not prepared any more, and for those who do not run it */
export const readinessOf = async (meeting: Meeting, ctx: Ctx): Promise<Readiness> => {
  const committee = await committeeOf(meeting, ctx);
  checkPermission(running, { actor: ctx.actor, committee });
  if (meeting.status !== 'planned')
    throw new Refusal('wrong-time', `${labelOf(meeting)} is not being prepared any more.`);
  const { audience } = ctx.place;
  const people = byPerson(await listAsked(meeting, ctx, audience));
  const ids = people.map(({ person }) => person);
  const names = await ctx.directory.names(ids);
  const companies = await companiesOf(ids, ctx);
  const unready = people.map((one) => {
    const partner = companies.get(one.person);
    return { ...one, name: nameIn(names, one.person), ...(partner && { partner }) };
  });
  return {
    ...{ meeting, key: committee.key, asker: ctx.actor.person, zone: ctx.actor.zone },
    unready: [...unready].sort((a, b) => a.name.localeCompare(b.name, 'en')),
    ...(audience.own !== undefined && { own: audience.own }),
  };
};

export const readinessVerb: Verb = {
  word: 'readiness',
  usage: 'readiness [M-9]',
  run: async (said, ctx) => readinessView(await readinessOf((await takeMeeting(said, ctx, ['planned'])).found, ctx)),
};
