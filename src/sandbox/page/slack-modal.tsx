import type { KnownBlock } from '@slack/types';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { SlackDialog } from '../model.js';
import { useDesk } from './desk.js';
import { Dialog } from './dialog.js';
import { SlackBlocks } from './slack-blocks.js';
import { useSlackForm } from './slack-form.js';
import { SurfaceProvider } from './slack-surface.js';

interface Props {
  readonly dialog: SlackDialog;
  readonly onTop: boolean;
}

/** A modal keeps what was typed across updates and while another lies on top, as Slack does. */
export function SlackModal({ dialog, onTop }: Props) {
  const { act } = useDesk();
  const [submitting, setSubmitting] = useState(false);
  const { title, submit, close, blocks } = wordsOf(dialog.view);
  const { surface, values, busy } = useSlackForm(blocks, { dialog: dialog.id }, dialog.errors);
  const form = useRef<HTMLFormElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each refusal puts the reader at the first field that has to change.
  useEffect(() => form.current?.querySelector<HTMLElement>('.refused .field')?.focus(), [dialog.errors]);
  const onClose = () => void act('/dialog/close', { dialog: dialog.id });
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || submitting) return;
    setSubmitting(true);
    await act('/dialog/submit', { dialog: dialog.id, values });
    setSubmitting(false);
  };
  return (
    <Dialog title={title} onClose={onClose} hidden={!onTop}>
      <form ref={form} onSubmit={onSubmit} aria-busy={busy || submitting} noValidate>
        <div className="dialog-body">
          <SurfaceProvider value={surface}>
            <SlackBlocks blocks={blocks} />
          </SurfaceProvider>
        </div>
        <footer className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>
            {close}
          </button>
          {submit && (
            // Not `disabled`, which would take the focus out of the dialog.
            <button type="submit" className="button primary" aria-disabled={busy || submitting}>
              {submit}
            </button>
          )}
        </footer>
      </form>
    </Dialog>
  );
}

function wordsOf(view: SlackDialog['view']) {
  const { title, submit, close } = view as {
    readonly [part in 'title' | 'submit' | 'close']?: { readonly text: string } | undefined;
  };
  const blocks = view.blocks as readonly KnownBlock[];
  return { title: title?.text ?? '', submit: submit?.text, close: close?.text ?? 'Cancel', blocks };
}
