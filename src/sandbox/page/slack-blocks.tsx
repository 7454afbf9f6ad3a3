import type { ActionsBlock, ContextBlock, InputBlock, KnownBlock, SectionBlock } from '@slack/types';
import { useId } from 'react';
import { SlackElement } from './slack-element.js';
import { type Element, placed, text, useSurface } from './slack-surface.js';
import { SlackText } from './slack-text.js';
import { Undrawn } from './undrawn.js';

export function SlackBlocks({ blocks }: { readonly blocks: readonly KnownBlock[] }) {
  return (
    <div className="blocks">
      {placed(blocks).map(({ place, item }) => (
        <SlackBlock key={place} block={item} />
      ))}
    </div>
  );
}

function SlackBlock({ block }: { readonly block: KnownBlock }) {
  switch (block.type) {
    case 'header':
      return <h3 className="block-header">{block.text.text}</h3>;
    case 'section':
      return <Section block={block} />;
    case 'context':
      return <Context block={block} />;
    case 'divider':
      return <hr />;
    case 'actions':
      return <Actions block={block} />;
    case 'input':
      return <Input block={block} />;
    case 'image':
      return <span className="picture">{block.alt_text}</span>;
    default:
      return <Undrawn what={block.type} />;
  }
}

function Section({ block }: { readonly block: SectionBlock }) {
  return (
    <div className="block-section">
      <div className="block-words">
        {block.text && <SlackText text={block.text} />}
        {block.fields && (
          <div className="block-fields">
            {placed(block.fields).map(({ place, item }) => (
              <div key={place}>
                <SlackText text={item} />
              </div>
            ))}
          </div>
        )}
      </div>
      {block.accessory && <SlackElement element={block.accessory as unknown as Element} />}
    </div>
  );
}

function Context({ block }: { readonly block: ContextBlock }) {
  return (
    <div className="block-context">
      {placed(block.elements).map(({ place, item }) => (
        <div key={place}>
          {item.type === 'image' ? <span className="picture">{item.alt_text}</span> : <SlackText text={item} />}
        </div>
      ))}
    </div>
  );
}

function Actions({ block }: { readonly block: ActionsBlock }) {
  return (
    <div className="block-actions">
      {placed(block.elements as unknown as readonly Element[]).map(({ place, item }) => (
        <SlackElement key={place} element={item} />
      ))}
    </div>
  );
}

function Input({ block }: { readonly block: InputBlock }) {
  const { errors } = useSurface();
  const id = useId();
  const element = block.element as unknown as Element;
  const key = block.block_id ?? text(element.action_id);
  const error = errors[key];
  const described = [error && `${id}-error`, block.hint && `${id}-hint`].filter(Boolean).join(' ');
  const field = {
    key,
    labelId: `${id}-label`,
    describedBy: described || undefined,
    dispatches: block.dispatch_action === true,
  };
  return (
    <div className={error ? 'block-input refused' : 'block-input'} data-block={key}>
      <div className="label" id={field.labelId}>
        {block.label.text}
        {block.optional && <span className="optional"> (optional)</span>}
      </div>
      <SlackElement element={element} field={field} />
      {error && (
        <p className="error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
      {block.hint && (
        <p className="hint" id={`${id}-hint`}>
          {block.hint.text}
        </p>
      )}
    </div>
  );
}
