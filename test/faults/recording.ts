import type { Message, Side } from '../../src/sandbox/model.js';
import { jsc } from '../flows/flow.js';
import { isAcknowledged, isDenied, type Scene } from './telling.js';

export interface Recorder {
  readonly side: Side;
  readonly person: string;
}

const labelIn = (message: Message): string => /\bD-\d+\b/.exec(message.plain)?.[0] ?? '';

/** Nobody goes on while nothing is seen of what they did: a machine that is busy otherwise would never catch up. */
const backlogMax = 10;

/** Those who record decisions in the committee's channels, and confirm them. */
export const createRecorders = ({ controls, dice, ledger }: Scene) => {
  let count = 0;
  let told = 0;

  /** Decisions that have a card on one side at most. */
  const backlog = async (): Promise<number> => {
    const state = await controls.state();
    const shown = (['slack', 'teams'] as const).map((side) => {
      const messages: readonly Message[] = state[side].messages;
      return messages.filter((one) => one.conversation === jsc[side] && /^D-\d/.test(one.plain)).length;
    });
    return told - Math.min(...shown);
  };

  const record = async (who: Recorder, how: 'command' | 'mention'): Promise<boolean> => {
    if ((await backlog()) > backlogMax) return true;
    count += 1;
    const text = `${how} ${count}${who.side}`;
    const mark = `decision ${text}`;
    // Slack delivers what was mentioned again.
    ledger.ask(mark, who.side === 'teams' || how === 'command' ? 'plain' : undefined);
    const typed = how === 'command' ? `/decision ${text}` : `@Entente decision ${text}`;
    const outcome = await controls.say({ ...who, conversation: jsc[who.side], text: typed });
    const denied = isDenied(outcome);
    if (denied) ledger.deny(mark);
    if (denied || !isAcknowledged(outcome)) return false;
    ledger.tell(mark);
    told += 1;
    return true;
  };

  const confirm = async (who: Recorder): Promise<boolean> => {
    const company = who.side === 'slack' ? 'Acme Bio' : 'Nova Pharma';
    const markOf = (message: Message) => `confirmed ${labelIn(message)} for ${company}`;
    const messages: readonly Message[] = (await controls.state())[who.side].messages;
    const isOpen = (one: Message): boolean =>
      one.conversation === jsc[who.side] &&
      /Confirm wording/.test(one.plain) &&
      // Whoever records with a vote has confirmed by that.
      !one.plain.includes(`${company} confirmed`) &&
      ledger.told(markOf(one)) === 0;
    const open = messages.filter(isOpen);
    if (open.length === 0) return true;
    const card = dice.pick(open);
    ledger.ask(markOf(card));
    const outcome = await controls.press({ ...who, message: card.id, action: 'Confirm wording' });
    const told = isAcknowledged(outcome) && !isDenied(outcome);
    if (told) ledger.tell(markOf(card));
    return told;
  };
  return { record, confirm };
};
