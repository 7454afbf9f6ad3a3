/*
 * Somebody who takes part in several alliances is asked which one is meant, where the place does not say; the answer
 * holds until they choose another.
 */
import { z } from 'zod';
import type { Store } from './db/store.js';
import { isAccount } from './directory/places.js';
import type { Choice } from './directory/resolve.js';
import { ALLIANCE_STAMP } from './directory/standings.js';
import { directoryTables } from './directory/tables.js';
import { Refusal } from './errors.js';
import type { AllianceId } from './ids.js';
import type { Account, PressCall, Word } from './platform.js';
import type { Button, InteractionId, ListView, NoticeView, View } from './view.js';

/** Pressed to say which alliance is meant. */
export const SPEAK: InteractionId = 'entente.speak';

/** Platforms give a button about 2,000 bytes: longer words are said again. */
const LONGEST_WORDS = 1_200;

const word = z.union([z.string(), z.object({ user: z.string(), workspace: z.string(), name: z.string() })]);
/** Whatever is longer was not carried by us. */
const wordsSchema = z
  .string()
  .max(LONGEST_WORDS)
  .transform((text): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  })
  .pipe(z.array(word));

/** Asks which alliance is meant; the answer brings `words` back, unless a message was pointed at, which it cannot. */
export const whichAlliance = (
  choices: readonly Choice[],
  words: readonly Word[] = [],
  pointed?: object | '',
): NoticeView => {
  const said = JSON.stringify(words);
  const carried = !pointed && words.length > 0 && Buffer.byteLength(said) <= LONGEST_WORDS;
  const again = words.length > 0 && !carried ? ` Then ${pointed ? 'do' : 'say'} it again.` : '';
  return {
    kind: 'notice',
    title: 'Which alliance is this about?',
    text: `You take part in several. Your answer holds here until you say 'entente alliance'.${again}`,
    buttons: choices.map(
      ({ alliance, name }): Button => ({
        id: SPEAK,
        label: name,
        carry: { [ALLIANCE_STAMP]: alliance, ...(carried && { words: said }) },
      }),
    ),
  };
};

/** Keeps the choice; @returns the words that waited for it. @throws Refusal when it is none of theirs */
export const speakFor = async (
  store: Store,
  { caller, values }: Pick<PressCall, 'caller' | 'values'>,
  choices: readonly Choice[],
): Promise<readonly Word[]> => {
  const chosen = choices.find((choice) => choice.alliance === values[ALLIANCE_STAMP]);
  if (!chosen) throw new Refusal('no-alliance', 'You do not take part in this alliance any more. Choose another one.');
  await store.write((tx) => saveSpeaking(tx, caller, chosen.alliance));
  return wordsSchema.safeParse(values.words).data ?? [];
};

const saveSpeaking = async (
  tx: Parameters<Parameters<Store['write']>[0]>[0],
  account: Account,
  alliance: AllianceId,
): Promise<void> => {
  await tx.update(directoryTables(tx).identities).set({ allianceId: alliance }).where(isAccount(tx, account));
};

const stampButtons = (buttons: readonly Button[] | undefined, alliance: AllianceId): readonly Button[] | undefined =>
  buttons?.map((button) => ({ ...button, carry: { ...button.carry, [ALLIANCE_STAMP]: alliance } }));

const stampList = (view: ListView, alliance: AllianceId): ListView => ({
  ...view,
  items: view.items.map((item) => ({ ...item, buttons: stampButtons(item.buttons, alliance) })),
  buttons: stampButtons(view.buttons, alliance),
});

/** What is pressed on this private answer, or submitted from it, is about that alliance whatever is chosen meanwhile. */
export const stamped = (view: View, alliance: AllianceId): View => {
  switch (view.kind) {
    case 'notice':
      return { ...view, buttons: stampButtons(view.buttons, alliance) };
    case 'form':
      return { ...view, carry: { ...view.carry, [ALLIANCE_STAMP]: alliance } };
    case 'list':
      return stampList(view, alliance);
    case 'record':
      return { ...view, buttons: stampButtons(view.buttons, alliance) ?? [] };
    case 'file':
      return view;
    default:
      return view satisfies never;
  }
};
