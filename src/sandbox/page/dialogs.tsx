import type { Dialog } from '../model.js';
import { useDesk } from './desk.js';
import { SlackModal } from './slack-modal.js';
import { TeamsCardDialog } from './teams-dialog.js';

/** A person's open dialogs, one over the other; those below keep what was typed. */
export function Dialogs() {
  const { state, person } = useDesk();
  const all: readonly Dialog[] = state.dialogs;
  const mine = all.filter((dialog) => dialog.person === person);
  return mine.map((dialog, index) => {
    const onTop = index === mine.length - 1;
    return dialog.side === 'slack' ? (
      <SlackModal key={dialog.id} dialog={dialog} onTop={onTop} />
    ) : (
      <TeamsCardDialog key={dialog.id} dialog={dialog} onTop={onTop} />
    );
  });
}
