import { Dialog } from './dialog.js';

export interface ConfirmWords {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly no: string;
  readonly danger: boolean;
}

interface Props {
  readonly words: ConfirmWords;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

export function Confirm({ words, onYes, onNo }: Props) {
  return (
    <Dialog title={words.title} onClose={onNo} width={420}>
      <div className="dialog-body">{words.text}</div>
      <footer className="dialog-foot">
        <button type="button" className="button" onClick={onNo}>
          {words.no}
        </button>
        <button type="button" className={`button ${words.danger ? 'danger' : 'primary'}`} onClick={onYes}>
          {words.yes}
        </button>
      </footer>
    </Dialog>
  );
}
