/*
 * What all processes of the bench agree on: two alliances, the secrets, and the calls that people make.
 */
import { createHmac } from 'node:crypto';

export const signingSecret = 'bench-signing-secret-0123456789ab';
export const botToken = 'xoxb-bench';
export const appId = '00000000-0000-0000-0000-00000000e001';
export const tenant = '11111111-1111-1111-1111-111111111111';
export const connectorToken = 'bench-connector-token';

const acme = { team: 'T01ACME', channel: 'C01JSC', people: ['U01ANA', 'U02BOB', 'U03CAL', 'U04DEE'] };
const nova = { team: 'T02NOVA', people: ['U05BEN', 'U06JUN'] };
const ben = 'aaaaaaaa-0000-0000-0000-000000000001';
const teamsChannel = '19:jsc@thread.tacv2';

const at = <T>(items: readonly T[], index: number): T => items[index % items.length] as T;

const acmePeople = acme.people.map((slack, i) => ({ key: slack, name: `Acme ${i}`, partner: 'acme', slack }));
const acmeSeats = acme.people.map((person) => ({ person, role: 'member' }));

/** One company on Slack, one on Teams, one committee: what the demo is. YAML takes JSON. */
export const mixedAlliance = (teamsUrl: string): string =>
  JSON.stringify({
    alliance: { name: 'Acme and Nova', timeZone: 'Europe/Zurich' },
    partners: [
      { key: 'acme', name: 'Acme Bio', slack: { team: acme.team } },
      { key: 'nova', name: 'Nova Pharma', teams: { tenant } },
    ],
    people: [...acmePeople, { key: 'ben', name: 'Ben Ito', partner: 'nova', teams: ben, professional: true }],
    committees: [
      {
        key: 'JSC',
        name: 'Joint Steering Committee',
        seats: [...acmeSeats, { person: 'ben', role: 'co-chair' }],
        channels: [
          { slack: { team: acme.team, channel: acme.channel } },
          { teams: { tenant, conversation: teamsChannel, serviceUrl: teamsUrl } },
        ],
      },
    ],
  });

/** Committees of `slackAlliance`; each has a channel on both sides. */
export const committees = 8;

/** Both companies on Slack: what `node dist/main.js` can run without Azure. */
export const slackAlliance = (): string =>
  JSON.stringify({
    alliance: { name: 'Acme and Nova', timeZone: 'Europe/Zurich' },
    partners: [
      { key: 'acme', name: 'Acme Bio', slack: { team: acme.team } },
      { key: 'nova', name: 'Nova Pharma', slack: { team: nova.team } },
    ],
    people: [
      ...acmePeople,
      ...nova.people.map((slack, i) => ({ key: slack, name: `Nova ${i}`, partner: 'nova', slack })),
    ],
    committees: Array.from({ length: committees }, (_, i) => ({
      key: `C${i}`,
      name: `Committee ${i}`,
      seats: [...acmeSeats, ...nova.people.map((person) => ({ person, role: 'member' }))],
      channels: [
        { slack: { team: acme.team, channel: acmeChannel(i) } },
        { slack: { team: nova.team, channel: `C02NOVA${i}` } },
      ],
    })),
  });

/** Of each committee of `meetingsAlliance`: half of them of each company. */
export const SEATS = 12;

/**
 * One of many alliances, each of two companies on Slack with workspaces of their own. Its committees share nobody. In the
 * first one people say their commands.
 */
export const meetingsAlliance = (number: number, count: number): string => {
  const teams = number === 0 ? [acme.team, nova.team] : [`T${number}A`, `T${number}B`];
  const idOf = (committee: number, seat: number): string =>
    number + committee === 0 && seat < acme.people.length ? at(acme.people, seat) : `U${number}X${committee}X${seat}`;
  const sideOf = (seat: number): number => (seat < SEATS / 2 ? 0 : 1);
  const seats = Array.from({ length: SEATS }, (_, seat) => seat);
  const all = Array.from({ length: count }, (_, committee) => committee);
  return JSON.stringify({
    alliance: { name: `Alliance ${number}`, timeZone: 'Europe/Zurich' },
    partners: ['a', 'b'].map((key, side) => ({ key, name: `Company ${number}${key}`, slack: { team: teams[side] } })),
    people: all.flatMap((committee) =>
      seats.map((seat) => {
        const id = idOf(committee, seat);
        return { key: id, name: `Person ${id}`, partner: sideOf(seat) === 0 ? 'a' : 'b', slack: id };
      }),
    ),
    committees: all.map((committee) => ({
      key: `C${committee}`,
      name: `Committee ${committee}`,
      seats: seats.map((seat) => ({ person: idOf(committee, seat), role: 'member' })),
      channels: teams.map((team, side) => ({
        slack: { team, channel: number + committee + side === 0 ? acme.channel : `C${number}X${committee}X${side}` },
      })),
    })),
  });
};

const acmeChannel = (committee: number): string => (committee === 0 ? acme.channel : `C01ACME${committee}`);

const wordsOf = (index: number): string =>
  `Meeting${index} is monthly${index} because the weekly meeting does not decide instead of meeting every week`;

/** A call on its way: its headers but for the host, and its body. */
export interface Post {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** `/decision ...` as Slack posts it, signed as of now: Bolt takes it for five minutes. Spread over `among` channels. */
export const slackCommand = (index: number, among = 1): Post => {
  const user = at(acme.people, index);
  const body = new URLSearchParams({
    token: 'legacy',
    team_id: acme.team,
    team_domain: 'acme',
    channel_id: acmeChannel(index % among),
    channel_name: 'jsc',
    user_id: user,
    user_name: user.toLowerCase(),
    command: '/decision',
    text: wordsOf(index),
    api_app_id: 'A01ENTENTE',
    is_enterprise_install: 'false',
    response_url: `https://hooks.slack.example/commands/${acme.team}/${index}`,
    trigger_id: `${index}.bench.${process.pid}`,
  }).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    path: '/slack/events',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
    },
    body,
  };
};

/** *Confirm wording*, pressed in Teams by a co-chair of the other company. */
export const teamsPress = (decision: string, index: number, teamsUrl: string, authorization: string): Post => ({
  path: '/api/messages',
  headers: { 'content-type': 'application/json', authorization },
  body: JSON.stringify({
    channelId: 'msteams',
    serviceUrl: teamsUrl,
    timestamp: new Date().toISOString(),
    from: { id: '29:1BenItoPerBotId', name: 'Ben Ito', aadObjectId: ben },
    recipient: { id: `28:${appId}`, name: 'Entente' },
    locale: 'en-GB',
    type: 'invoke',
    name: 'adaptiveCard/action',
    id: `f:press-${process.pid}-${index}`,
    replyToId: '1795391080000',
    conversation: {
      isGroup: true,
      conversationType: 'channel',
      tenantId: tenant,
      id: `${teamsChannel};messageid=1795391065675`,
    },
    channelData: {
      teamsChannelId: teamsChannel,
      teamsTeamId: '19:general@thread.tacv2',
      channel: { id: teamsChannel },
      team: { id: '19:general@thread.tacv2' },
      tenant: { id: tenant },
      source: { name: 'message' },
    },
    entities: [{ locale: 'en-GB', country: 'GB', platform: 'Web', timezone: 'Europe/Zurich', type: 'clientInfo' }],
    value: {
      action: {
        type: 'Action.Execute',
        verb: 'decisions.confirm',
        data: { subject: { feature: 'decisions', id: decision }, carry: { revision: '1' } },
      },
      trigger: 'manual',
    },
  }),
});
