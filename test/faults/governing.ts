/* What alliance professionals do besides deciding: committees, seats and channels, several of them at once. */
import type { Outcome, Side } from '../../src/sandbox/model.js';
import { heard, isAcknowledged, isDenied, type Scene } from './telling.js';

export interface Professional {
  readonly side: Side;
  readonly person: string;
  readonly name: string;
  readonly company: string;
  /** Everybody of the company, and those whose seat on the JSC may change. */
  readonly colleagues: readonly string[];
  readonly movable: readonly string[];
  /** A channel of the company that they bind and unbind; nobody else does. */
  readonly lane?: string;
}

/** What the professionals of a test share: the committees that were added, and days that nobody has named yet. */
export interface Agenda {
  readonly keys: string[];
  count: number;
}

export type Doing = () => Promise<boolean>;

const mostKeys = 4;
const roles = ['co-chair', 'co-chair', 'member', 'observer'] as const;
const DAY_MS = 86_400_000;

const aDay = (count: number): Date => new Date(Date.UTC(2030, 0, 1) + count * DAY_MS);
const spoken = (day: Date): string =>
  day.toLocaleDateString('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });
/** As cards shorten it: '3 Sept 2031', with the day of the week or without. */
const shownAs = (day: Date): string => {
  const [date, month = '', year] = spoken(day).split(' ');
  return `until (?:\\w+ )?${date} ${month.slice(0, 3)}\\w* ${year}`;
};

interface Asked {
  readonly mark: string;
  readonly text: string;
  /** Where; their own chat with Entente unless told. */
  readonly at?: string;
  /** What they are told when it is done. */
  readonly done: RegExp;
}

type Ask = (asked: Asked) => Promise<{ readonly done: boolean; readonly answer: string }>;

/**
 * One professional's way of asking. After a call without an answer the next one may be the answer to that, so it is not
 * taken for a promise.
 */
const createAsk = ({ controls, ledger }: Scene, { side, person }: Professional): Ask => {
  let doubtful = false;
  const say = (text: string, at: string | undefined): Promise<Outcome> => {
    if (at === undefined) return controls.say({ side, person, text: side === 'slack' ? `/entente ${text}` : text });
    const typed = `${side === 'slack' ? '/entente' : '@Entente'} ${text}`;
    return controls.say({ side, person, conversation: at, text: typed });
  };
  return async ({ mark, text, at, done }) => {
    ledger.ask(mark);
    const outcome = await say(text, at);
    const answer = heard(outcome);
    const sure = isAcknowledged(outcome) && !doubtful;
    if (sure && isDenied(outcome)) ledger.deny(mark);
    const told = sure && done.test(answer);
    if (told) ledger.tell(mark);
    doubtful = !isAcknowledged(outcome);
    return { done: told, answer };
  };
};

const addCommittee = (agenda: Agenda, ask: Ask, { name }: Professional): Doing => {
  return async () => {
    if (agenda.keys.length >= mostKeys) return true;
    agenda.count += 1;
    const key = `K${agenda.count}`;
    const text = `committee add ${key} Committee ${key} under JSC`;
    const { done } = await ask({ mark: `added ${key} by ${name}`, text, done: new RegExp(`The ${key}, .* is added`) });
    if (done) agenda.keys.push(key);
    return done;
  };
};

/** Somebody of the company and a committee on which their seat may change. */
const pickSeat = ({ dice }: Scene, { keys }: Agenda, { colleagues, movable }: Professional) => {
  const key = dice.draw() < 0.2 ? 'JSC' : dice.pick(['JSC', ...keys]);
  return { key, colleague: dice.pick(key === 'JSC' ? movable : colleagues) };
};

const seat = (scene: Scene, agenda: Agenda, ask: Ask, who: Professional): Doing => {
  return async () => {
    const { key, colleague } = pickSeat(scene, agenda, who);
    const role = scene.dice.pick(roles);
    agenda.count += 1;
    const day = aDay(agenda.count);
    const { done } = await ask({
      mark: `seated ${colleague} as ${role} on ${key} until ${day.toISOString().slice(0, 10)} by ${who.name}`,
      text: `seat @${colleague} ${role} ${key} until ${spoken(day)}`,
      done: new RegExp(`${colleague} \\(${who.company}\\) is now an? ${role} (?:of|on) the ${key}, ${shownAs(day)}`),
    });
    return done;
  };
};

const unseat = (scene: Scene, agenda: Agenda, ask: Ask, who: Professional): Doing => {
  return async () => {
    const { key, colleague } = pickSeat(scene, agenda, who);
    await ask({
      mark: `unseated ${colleague} from ${key} by ${who.name}`,
      text: `unseat @${colleague} ${key}`,
      done: new RegExp(`${colleague} \\(${who.company}\\) no longer sits on the ${key}`),
    });
    // Most are refused: who has no seat, or is the last co-chair.
    return true;
  };
};

/** Binds a channel, records in it, and unbinds it again; what it is bound to now is known to nobody but who did it. */
const changeLane = (scene: Scene, agenda: Agenda, ask: Ask, who: Professional, at: string): Doing => {
  const { controls, dice, ledger } = scene;
  const { side, person, name } = who;
  let bound: 'nothing' | 'JSC' | 'other' | 'unknown' = 'nothing';
  const bind = async () => {
    const key = dice.pick(['JSC', 'JSC', ...agenda.keys]);
    const words = dice.draw() < 0.6 ? `${key} internal` : key;
    const { done } = await ask({
      mark: `bound ${words} by ${name}`,
      text: `bind ${words}`,
      at,
      done: /is bound for|is the internal lane of/,
    });
    bound = done ? (key === 'JSC' ? key : 'other') : 'unknown';
    return done;
  };
  const unbind = async () => {
    const { done, answer } = await ask({ mark: `unbound by ${name}`, text: 'unbind', at, done: /no longer bound to/ });
    bound = done || /is not bound to a committee/.test(answer) ? 'nothing' : 'unknown';
    return done;
  };
  const record = async () => {
    agenda.count += 1;
    const text = `lane ${agenda.count}${side}`;
    ledger.ask(`decision ${text}`);
    const typed = `${side === 'slack' ? '/decision' : '@Entente decision'} ${text}`;
    const outcome = await controls.say({ side, person, conversation: at, text: typed });
    const denied = isDenied(outcome);
    if (denied) ledger.deny(`decision ${text}`);
    const told = isAcknowledged(outcome) && !denied;
    if (told) ledger.tell(`decision ${text}`);
    else bound = 'unknown';
    return told;
  };
  return () => {
    if (bound === 'JSC' && dice.draw() < 0.6) return record();
    return bound === 'nothing' ? bind() : unbind();
  };
};

/** All that a professional does, with what they do most more than once. */
export const governAs = (scene: Scene, agenda: Agenda, who: Professional): readonly Doing[] => {
  const ask = createAsk(scene, who);
  const seats = seat(scene, agenda, ask, who);
  return [
    addCommittee(agenda, ask, who),
    seats,
    seats,
    unseat(scene, agenda, ask, who),
    ...(who.lane === undefined ? [] : [changeLane(scene, agenda, ask, who, who.lane)]),
  ];
};

/** Makes a colleague a professional too, so that two of a company change the same seats. */
export const nameProfessional = (scene: Scene, who: Professional, colleague: string): Doing => {
  const ask = createAsk(scene, who);
  let named = false;
  return async () => {
    if (named) return true;
    const { done, answer } = await ask({
      mark: `professional ${colleague} by ${who.name}`,
      text: `seat @${colleague} professional`,
      done: /is now an alliance professional/,
    });
    named = done || /is an alliance professional of .* already/.test(answer);
    return named;
  };
};
