import type { View } from '../../core/view.js';

/** Shows a code, or is what a code was answered with: its receipt is sealed. */
export const codeNotice = (code: string): View => ({
  kind: 'notice',
  title: 'Link your accounts',
  text: `Within ten minutes, write to Entente directly with your other account, and say:\n\nlink ${code}\n\nGive it to nobody: whoever says it acts as you.`,
  secret: true,
});

/** Asks once, since it cannot be undone. */
export const offerNotice = (who: string, code: string): View => ({
  kind: 'notice',
  text: `${who} made this code. Link only if that is you: from then on both accounts are one person, and what one sees and may do, the other does too.`,
  buttons: [{ id: 'people.link', label: `Link to ${who}`, style: 'primary', carry: { code } }],
  secret: true,
});

export const linkedNotice = (who: string): View => ({
  kind: 'notice',
  text: `Linked. This account is ${who} from now on, wherever it is used.`,
});
