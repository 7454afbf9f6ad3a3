import type { Conversation } from '../model.js';
import { Avatar } from './avatar.js';
import { readersOf } from './belonging.js';
import { titleOf, useDesk } from './desk.js';

interface Props {
  readonly places: readonly Conversation[];
  readonly current: string;
  readonly unread: (conversation: Conversation) => boolean;
  readonly onOpen: (conversation: Conversation) => void;
}

const HEADINGS = { slack: { many: 'Channels', direct: 'Apps' }, teams: { many: 'Teams and channels', direct: 'Chat' } };

export function Sidebar({ places, current, unread, onOpen }: Props) {
  const { side, platform } = useDesk();
  const headings = HEADINGS[side];
  const groups = [
    { heading: headings.many, items: places.filter(({ kind }) => kind === 'channel') },
    { heading: side === 'teams' ? 'Group chats' : 'Groups', items: places.filter(({ kind }) => kind === 'group') },
    { heading: headings.direct, items: places.filter(({ kind }) => kind === 'direct') },
  ];
  return (
    <nav className="sidebar" aria-label={`${platform} conversations`}>
      {groups.map(
        ({ heading, items }) =>
          items.length > 0 && (
            <div key={heading} className="sidebar-group">
              <h2>{heading}</h2>
              <ul>
                {items.map((place) => (
                  <li key={place.id}>
                    <Place
                      place={place}
                      here={place.id === current}
                      unread={unread(place)}
                      onOpen={() => onOpen(place)}
                    />
                  </li>
                ))}
              </ul>
            </div>
          ),
      )}
    </nav>
  );
}

interface PlaceProps {
  readonly place: Conversation;
  readonly here: boolean;
  readonly unread: boolean;
  readonly onOpen: () => void;
}

function Place({ place, here, unread, onOpen }: PlaceProps) {
  const { side, state } = useDesk();
  const { tag } = readersOf(state, place);
  return (
    <button
      type="button"
      className={unread ? 'place unread' : 'place'}
      aria-current={here ? 'page' : undefined}
      onClick={onOpen}
    >
      {place.kind === 'direct' && <Avatar name={state.bot.name} bot />}
      <span className="place-name">
        {titleOf(side, place, state.bot.name)}
        {place.team && <small>{place.team}</small>}
      </span>
      {tag && <span className="place-tag">{tag}</span>}
      {unread && (
        <span className="dot" data-testid="unread">
          <span className="sr-only">unread</span>
        </span>
      )}
    </button>
  );
}
