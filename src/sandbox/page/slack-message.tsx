import type { KnownBlock } from '@slack/types';
import type { SlackMessage } from '../model.js';
import { SlackBlocks } from './slack-blocks.js';
import { useSlackForm } from './slack-form.js';
import { SurfaceProvider } from './slack-surface.js';
import { Mrkdwn } from './slack-text.js';

/** Blocks when there are any: the text then is what a notification would say. */
export function SlackMessageBody({ message }: { readonly message: SlackMessage }) {
  if (message.blocks?.length) return <Blocks message={message.id} blocks={message.blocks} />;
  return (
    <>
      <div className="slack-text">
        <Mrkdwn text={message.text} />
      </div>
      {Object.entries(message.unfurls ?? {}).map(([url, blocks]) => (
        <Blocks key={url} message={message.id} blocks={blocks} />
      ))}
      <Files files={message.files} />
    </>
  );
}

function Blocks({ message, blocks }: { readonly message: string; readonly blocks: readonly KnownBlock[] }) {
  const { surface } = useSlackForm(blocks, { message });
  return (
    <SurfaceProvider value={surface}>
      <SlackBlocks blocks={blocks} />
    </SurfaceProvider>
  );
}

function Files({ files = [] }: { readonly files?: SlackMessage['files'] }) {
  return files.map(({ name, size, url }) => (
    <p key={url} className="slack-file">
      <a href={url} download={name} data-testid="file">
        {name}
      </a>{' '}
      ({size.toLocaleString('en')} bytes)
    </p>
  ));
}
