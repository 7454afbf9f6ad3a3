import type { MrkdwnElement, PlainTextElement } from '@slack/types';
import { Fragment, type ReactNode } from 'react';
import { type Desk, nameOf, useDesk } from './desk.js';
import { type Inline, parseMrkdwn } from './mrkdwn.js';
import { sandboxNow } from './sandbox-time.js';
import { slackDate } from './slack-date.js';
import { placed } from './slack-surface.js';
import { inFull } from './when.js';

export function SlackText({ text }: { readonly text: MrkdwnElement | PlainTextElement }) {
  if (text.type === 'plain_text') return <span className="plain">{text.text}</span>;
  return <Mrkdwn text={text.text} verbatim={text.verbatim === true} />;
}

interface Props {
  readonly text: string;
  readonly verbatim?: boolean;
}

export function Mrkdwn({ text, verbatim = false }: Props) {
  const desk = useDesk();
  return placed(parseMrkdwn(text, verbatim)).map(({ place: key, item: paragraph }) => {
    if (paragraph.kind === 'pre') return <pre key={key}>{paragraph.text}</pre>;
    const children = drawAll(paragraph.children, desk);
    return paragraph.kind === 'quote' ? (
      <blockquote key={key}>{children}</blockquote>
    ) : (
      <span key={key} className="plain">
        {children}
      </span>
    );
  });
}

const drawAll = (inlines: readonly Inline[], desk: Desk): ReactNode =>
  placed(inlines).map(({ place, item }) => <Fragment key={place}>{draw(item, desk)}</Fragment>);

function draw(inline: Inline, desk: Desk): ReactNode {
  switch (inline.kind) {
    case 'text':
      return inline.text;
    case 'code':
      return <code>{inline.text}</code>;
    case 'bold':
      return <strong>{drawAll(inline.children, desk)}</strong>;
    case 'italic':
      return <em>{drawAll(inline.children, desk)}</em>;
    case 'strike':
      return <s>{drawAll(inline.children, desk)}</s>;
    case 'link':
      return (
        <a href={inline.href} target="_blank" rel="noreferrer noopener">
          {inline.text}
        </a>
      );
    case 'date': {
      const at = inline.seconds * 1000;
      return <time title={inFull(at)}>{slackDate(inline.seconds, inline.format, inline.fallback, sandboxNow())}</time>;
    }
    case 'person':
    case 'channel':
    case 'group':
    case 'broadcast':
      return <Mention inline={inline} desk={desk} />;
    default:
      return inline satisfies never;
  }
}

type Mentioned = Extract<Inline, { kind: 'person' | 'channel' | 'group' | 'broadcast' }>;

function Mention({ inline, desk }: { readonly inline: Mentioned; readonly desk: Desk }) {
  if (inline.kind === 'broadcast') return <mark className="mention broadcast">@{inline.id}</mark>;
  if (inline.kind === 'channel') {
    const channel = desk.state.conversations.find(({ id }) => id === inline.id);
    return <span className="mention">#{channel?.name || inline.label || inline.id}</span>;
  }
  const mine = inline.id === desk.person;
  const name = inline.kind === 'person' ? nameOf(desk.state, inline.id) : inline.label || inline.id;
  return <span className={mine ? 'mention mine' : 'mention'}>@{name}</span>;
}
