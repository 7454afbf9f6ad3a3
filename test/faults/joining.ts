/* Two companies join, step by step; each step is tried again until somebody is told that it is done. */
import type { Message, Outcome } from '../../src/sandbox/model.js';
import { installOnSlack } from './browser.js';
import type { Encounter, Newcomer } from './newcomers.js';
import { heard, isAcknowledged, isDenied, type Scene, until } from './telling.js';

/** One alliance on its way. */
interface Journey extends Scene {
  readonly alliance: string;
  readonly setter: Newcomer;
  /** As the setter calls the company that is to join. */
  readonly partner: string;
  /** What somebody saw before they were let in. */
  readonly leaks: string[];
}

const direct = ({ controls }: Scene, { side, person }: Newcomer, text: string): Promise<Outcome> =>
  controls.say({ side, person, text: side === 'slack' ? `/entente ${text}` : text });

const inChannel = ({ controls }: Scene, { side, person, channel }: Newcomer, text: string): Promise<Outcome> =>
  controls.say({ side, person, conversation: channel, text: `${side === 'slack' ? '/entente' : '@Entente'} ${text}` });

const press = ({ controls }: Scene, { side, person }: Newcomer, message: string, action: string): Promise<Outcome> =>
  controls.press({ side, person, message, action });

const answerWith = ({ answers }: Outcome, words: string): Message | undefined =>
  answers.findLast(({ plain }) => plain.includes(words));

const install = async (scene: Scene, { side, workplace, person, channel }: Newcomer): Promise<boolean> => {
  const { controls } = scene;
  if (side === 'teams') return isAcknowledged(await controls.install({ side, workplace }));
  if (!(await installOnSlack(controls, person))) return false;
  await controls.presence({ side, conversation: channel, present: true });
  return true;
};

const codeIn = (text: string): string | undefined => /join ((?:[a-z]+-){3}[a-z]+ (?:[a-z]+-){3}[a-z]+)/.exec(text)?.[1];

const closeWindows = async ({ controls }: Scene, { side, person }: Newcomer): Promise<void> => {
  const { dialogs } = (await controls.state())[side];
  for (const { id } of dialogs.filter((one) => one.person === person).reverse())
    await controls.closeDialog({ side, person, dialog: id });
};

/** What the form of `setup` brings; on Teams it is a card. */
const sendForm = async (journey: Journey): Promise<string> => {
  const { controls, alliance, setter, partner } = journey;
  const { side, person } = setter;
  const values = { own: setter.company, partner, name: alliance };
  await closeWindows(journey, setter);
  const form = await direct(journey, setter, 'setup');
  if (side === 'slack') return form.dialog ? heard(await controls.submit({ side, person, values })) : '';
  const card = answerWith(form, 'First committee');
  return card ? heard(await controls.press({ side, person, message: card.id, action: 'Set up', inputs: values })) : '';
};

const codeAgain = async (journey: Journey): Promise<string | undefined> => {
  const { setter } = journey;
  const list = answerWith(await direct(journey, setter, 'invite'), 'Show the code');
  return list && codeIn(heard(await press(journey, setter, list.id, 'Show the code')));
};

/** Gives the code; nothing when all go home before. */
const setUp = async (journey: Journey): Promise<string | undefined> => {
  const { alliance, ledger, setter } = journey;
  const mark = `set up ${alliance}`;
  ledger.ask(mark);
  const answer = await until(journey, async () => {
    const said = await sendForm(journey);
    return (codeIn(said) !== undefined || /is in .* already/.test(said)) && said;
  });
  if (answer === undefined) return undefined;
  ledger.tell(mark);
  await closeWindows(journey, setter);
  return codeIn(answer) ?? until(journey, () => codeAgain(journey));
};

type Asked = 'asked' | 'late';

const askedIn = (text: string): Asked | undefined => {
  if (/does not work/.test(text)) return 'late';
  return /Asked to join|has asked already/.test(text) ? 'asked' : undefined;
};

const ask = async (journey: Journey, joiner: Newcomer, code: string): Promise<Asked | undefined> => {
  const offer = await direct(journey, joiner, `join ${code}`);
  const button = `Join as ${journey.partner}`;
  const shown = answerWith(offer, button);
  return shown ? askedIn(heard(await press(journey, joiner, shown.id, button))) : askedIn(heard(offer));
};

/** Says the code until somebody is told what became of it. */
const useCode = async (journey: Journey, joiner: Newcomer, code: string): Promise<Asked | undefined> => {
  const mark = `asked ${journey.alliance} from ${joiner.workplace}`;
  journey.ledger.ask(mark);
  const asked = await until(journey, () => ask(journey, joiner, code));
  if (asked === 'asked') journey.ledger.tell(mark);
  if (asked === 'late') journey.ledger.refuse(mark);
  return asked;
};

/** Nobody is shown anything before the other company has said yes. */
const peep = async (journey: Journey, joiner: Newcomer): Promise<void> => {
  const seen = heard(await direct(journey, joiner, 'invite'));
  if (/Invitations to|Show the code/.test(seen)) journey.leaks.push(seen);
};

/** The request's card, or the list of what waits, until the card is there. */
const findRequest = async (journey: Journey): Promise<Message | undefined> => {
  const { controls, setter, partner } = journey;
  const { messages } = (await controls.state())[setter.side];
  const words = `asks to join as ${partner}`;
  const card = (messages as readonly Message[]).findLast(({ plain }) => plain.includes(words));
  return card ?? answerWith(await direct(journey, setter, 'invite'), words);
};

const verdicts = {
  joined: { button: /^Confirm /, said: /is in, with|has joined as|has confirmed this/ },
  declined: { button: /^Decline$/, said: /Declined, and the code|asked to join as|has declined this/ },
} as const;

/** An answer that was lost shows on the card. */
const isDecided = async ({ controls, setter, partner }: Journey, said: RegExp): Promise<boolean> => {
  const { messages } = (await controls.state())[setter.side];
  return (messages as readonly Message[]).some(({ plain }) => said.test(plain) && plain.includes(partner));
};

/** Says yes or no to a request; once pressed, it is pressed until there is an answer. */
const decide = async (journey: Journey, joiner: Newcomer): Promise<boolean> => {
  const { alliance, dice, ledger, setter } = journey;
  const verdict = dice.draw() < 0.8 ? 'joined' : 'declined';
  const { button, said } = verdicts[verdict];
  let request = await until(journey, () => findRequest(journey));
  if (!request) return false;
  const mark = `${verdict} ${alliance} from ${joiner.workplace}`;
  ledger.ask(mark);
  await until(
    journey,
    async () => {
      const label = request?.plain.split('\n').find((line) => button.test(line));
      const answer = request && label ? heard(await press(journey, setter, request.id, label)) : '';
      if (said.test(answer) || (await isDecided(journey, said))) return true;
      request = await findRequest(journey);
      return false;
    },
    'finish',
  );
  ledger.tell(mark);
  return verdict === 'joined';
};

/** The alliance works: a channel, a co-chair, and a decision of each side at the same moment. */
const begin = async (journey: Journey, company: Newcomer): Promise<void> => {
  const { controls, ledger, alliance } = journey;
  const { name, side, person, channel } = company;
  const seat = `seated ${name} as co-chair on JSC until - by ${name}`;
  const bound = `bound JSC by ${name}`;
  ledger.ask(bound);
  const isBound = async () => /is bound (?:for|to)/.test(heard(await inChannel(journey, company, 'bind JSC')));
  if (!(await until(journey, isBound))) return;
  ledger.tell(bound);
  ledger.ask(seat);
  const sits = async () =>
    /co-chair of the JSC|as co-chair already/.test(heard(await direct(journey, company, `seat @${name} co-chair JSC`)));
  if (!(await until(journey, sits))) return;
  ledger.tell(seat);
  const text = `First ${`${name}${alliance}`.replaceAll(' ', '')}`;
  ledger.ask(`decision ${text}`);
  const said = `${side === 'slack' ? '/decision' : '@Entente decision'} ${text}`;
  const outcome = await controls.say({ side, person, conversation: channel, text: said });
  if (isAcknowledged(outcome) && !isDenied(outcome)) ledger.tell(`decision ${text}`);
};

/** From two companies without Entente to the first decisions of their alliance, or as far as people get. */
export const joinUp = async (scene: Scene, { slack, teams, rival }: Encounter, leaks: string[]): Promise<void> => {
  const { dice } = scene;
  const [setter, joiner] = dice.draw() < 0.5 ? [slack, teams] : [teams, slack];
  const others = dice.draw() < 0.6 ? [joiner, rival] : [joiner];
  const alliance = `Alliance of ${setter.company}`;
  const journey: Journey = { ...scene, alliance, setter, partner: joiner.company, leaks };
  for (const one of [setter, ...others]) if (!(await until(scene, () => install(scene, one)))) return;
  const code = await setUp(journey);
  if (!code) return;
  const asked = await Promise.all(others.map((one) => useCode(journey, one, code)));
  const winner = others[asked.indexOf('asked')];
  if (!winner) return;
  await peep(journey, winner);
  if (!(await decide(journey, winner))) return;
  await Promise.all([begin(journey, setter), begin(journey, winner)]);
};
