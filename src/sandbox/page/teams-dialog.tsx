import type { TeamsDialog } from '../model.js';
import { useDesk } from './desk.js';
import { Dialog } from './dialog.js';
import { TeamsCard } from './teams-card.js';

const WIDTHS: Readonly<Record<string, number>> = { small: 350, medium: 510, large: 820 };

/** Teams calls it a dialog (once a task module): a card whose buttons submit it. */
export function TeamsCardDialog({ dialog, onTop }: { readonly dialog: TeamsDialog; readonly onTop: boolean }) {
  const { act } = useDesk();
  const width = typeof dialog.width === 'number' ? dialog.width : WIDTHS[dialog.width ?? 'medium'];
  return (
    <Dialog
      title={dialog.title}
      onClose={() => act('/dialog/close', { dialog: dialog.id })}
      hidden={!onTop}
      {...(width !== undefined && { width })}
    >
      <div className="dialog-body">
        <TeamsCard
          card={dialog.card}
          onAction={async (action, values) => void (await act('/dialog/submit', { dialog: dialog.id, action, values }))}
        />
      </div>
    </Dialog>
  );
}
