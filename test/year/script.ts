/* What people say and press in the year, at hours that are far from anybody's nine in the morning. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Message, Outcome } from '../../src/sandbox/model.js';
import type { Outside } from '../faults/outside.js';
import { isAcknowledged } from '../faults/telling.js';
import { jsc } from '../flows/flow.js';
import { momentIn, plus } from './days.js';
import { FIRST, type Gathering, meetsOn, plannedOn } from './facts.js';
import type { Act } from './living.js';
import { absence, type Member, members, type Name, names } from './place.js';

const ZURICH = 'Europe/Zurich';
const BEGINS = '14:00';

type Place = 'directly' | 'together';

const read = (outcome: Outcome): string => outcome.answers.map(({ plain }) => plain).join('\n');

/** @throws Error unless Entente took it and, where it answers at all, says so */
const checkTaken = (outcome: Outcome, what: string, answer: RegExp): Outcome => {
  const heard = read(outcome);
  if (!isAcknowledged(outcome) || !answer.test(heard)) throw new Error(`'${what}': ${outcome.status} ${heard}`);
  return outcome;
};

const say = async (name: Name, text: string, { sandbox }: Outside, place: Place, answer = /^/u): Promise<Outcome> => {
  const { side, person }: Member = members[name];
  const slash = side === 'slack' ? `/${text}` : place === 'directly' ? text : `@Entente ${text}`;
  const where = place === 'together' ? { conversation: jsc[side] } : {};
  return checkTaken(await sandbox.controls.say({ side, person, ...where, text: slash }), text, answer);
};

/** What Entente wrote to somebody directly, or in the committee's channel on their side, the latest first. */
const readable = async ({ side, person }: Member, { sandbox }: Outside): Promise<readonly Message[]> => {
  const { conversations, messages, bot } = (await sandbox.controls.state())[side];
  const own = new Set(
    conversations
      .filter(({ kind, members: [one], id }) => (kind === 'direct' ? one === person : id === jsc[side]))
      .map(({ id }) => id),
  );
  return (messages as readonly Message[])
    .filter((one) => own.has(one.conversation) && one.from === bot.id && (one.onlyFor ?? person) === person)
    .toReversed();
};

/** Presses a button of the latest message that says something. */
const press = async (name: Name, action: string, about: RegExp, outside: Outside): Promise<Outcome> => {
  const who: Member = members[name];
  const found = (await readable(who, outside)).find(({ plain }) => about.test(plain));
  if (!found) throw new Error(`${name} sees nothing about ${about} to press '${action}' on`);
  const { side, person } = who;
  return checkTaken(
    await outside.sandbox.controls.press({ side, person, message: found.id, action }),
    `${action} of ${name}`,
    /^/u,
  );
};

const at = (day: string, hour: string): number => momentIn(ZURICH, day, hour);

type Does = (outside: Outside) => Promise<unknown>;

const WAIT_MS = 4_000;

/** Said again by whoever got no answer, unless the committee's channel shows by then that it was taken. */
const orShown =
  (does: Does, shown: RegExp): Does =>
  async (outside) => {
    try {
      return await does(outside);
    } catch {
      await sleep(WAIT_MS);
      if (!(await readable(members.ana, outside)).some(({ plain }) => shown.test(plain))) return does(outside);
    }
  };

const once = (day: string, hour: string, does: Does, shown?: RegExp): Act => ({
  at: at(day, hour),
  does: shown ? orShown(does, shown) : does,
});
const again = (day: string, hour: string, does: Does): Act => ({ at: at(day, hour), does, again: true });

const agendaActs = ({ label, item }: Gathering): readonly Act[] => {
  if (!item) return [];
  const { kind, owner, title, paper, addedOn } = item;
  const what = kind === 'decision' ? `Do we approve this: ${title}?` : title;
  const link = paper ? ` https://papers.example/${label} 12 pages` : '';
  const words = `meeting agenda add ${label} for ${kind}: ${what} @${members[owner].name} 20 min${link}`;
  return [once(addedOn, '11:00', (outside) => say('ana', words, outside, 'together'), new RegExp(title, 'u'))];
};

const answerActs = ({ label, coming, notComing = [], aligned = [] }: Gathering): readonly Act[] => [
  ...coming.map(({ who, on }) =>
    again(on, '11:10', (outside) => say(who, `meeting coming ${label}`, outside, 'directly', /You are coming/u)),
  ),
  ...notComing.map(({ who, on }) =>
    again(on, '11:20', (outside) =>
      say(who, `meeting not coming ${label}`, outside, 'directly', /You are not coming/u),
    ),
  ),
  ...aligned.map(({ who, on }) => again(on, '11:30', (outside) => press(who, 'Aligned', /Your position/u, outside))),
];

const changeActs = ({ label, moved, skippedOn }: Gathering): readonly Act[] => [
  ...(moved
    ? [
        once(moved.saidOn, '11:40', (o) =>
          say('ana', `meeting move ${label} to ${moved.to} 14:00`, o, 'together', /is now|moved/iu),
        ),
      ]
    : []),
  ...(skippedOn
    ? [once(skippedOn, '11:40', (o) => say('ana', `meeting skip ${label}`, o, 'together', /skip|cancelled/iu))]
    : []),
];

const askedToClose = async (label: string, outside: Outside): Promise<void> => {
  const outcome = await say('ana', `close meeting ${label}`, outside, 'together', /Correct\?/u);
  const [question] = outcome.answers.toReversed();
  if (!question) throw new Error(`Nobody was asked about closing ${label}`);
  const { side, person } = members.ana;
  await outside.sandbox.controls.press({ side, person, message: question.id, action: 'Yes, close' });
};

const roomActs = (one: Gathering): readonly Act[] => {
  if (!one.takesPlace) return [];
  const { label, item, doneOn, fine = [] } = one;
  const on = meetsOn(one);
  const decides = item?.kind === 'decision';
  return [
    again(on, '14:02', (o) => say('ana', `open meeting ${label}`, o, 'together', /is open/u)),
    once(on, '14:04', (o) => say('ana', `meeting next ${label}`, o, 'together', /Item/u)),
    ...(decides
      ? [
          once(
            on,
            '14:10',
            (o) => say('ana', `decision ${item.title} approved`, o, 'together'),
            new RegExp(`${item.title} approved`, 'u'),
          ),
          again(on, '14:20', (o) => press('ben', 'Confirm wording', new RegExp(`${item.title} approved`, 'u'), o)),
        ]
      : []),
    once(
      on,
      '14:30',
      (o) => say('ana', `action @Bob Brown Send what came of ${label} by ${plus(on, 21)}`, o, 'together'),
      new RegExp(`what came of ${label}\\b`, 'u'),
    ),
    again(on, '15:10', (o) => askedToClose(label, o)),
    ...fine.map((said) => again(said.on, '11:50', (o) => press(said.who, 'Fine', /Are they fine/u, o))),
    ...(doneOn
      ? [again(doneOn, '19:30', (o) => press('bob', 'Done', new RegExp(`what came of ${label}\\b`, 'u'), o))]
      : []),
  ];
};

/** Whoever is on Teams must have written once, so that Entente knows where they are reached. */
const greetings = names.map((name, nth) =>
  again(plannedOn, `10:0${nth}`, (outside) =>
    say(name, members[name].side === 'slack' ? 'entente log' : 'log', outside, 'directly'),
  ),
);

/** All that is said and done in those meetings. */
export const actsOf = (gatherings: readonly Gathering[]): readonly Act[] => [
  ...greetings,
  once(
    plannedOn,
    '11:00',
    (o) => say('ana', `meeting schedule JSC ${FIRST} ${BEGINS} Zurich 90 min every month`, o, 'together'),
    /M-1\b/u,
  ),
  again(plus(absence.from, -4), '11:00', (o) =>
    say(
      absence.person,
      `out ${absence.from} to ${absence.until} covered by @${members[absence.cover].name}`,
      o,
      'directly',
    ),
  ),
  ...gatherings.flatMap((one) => [agendaActs, answerActs, changeActs, roomActs].flatMap((acts) => acts(one))),
];
