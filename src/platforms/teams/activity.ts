/*
 * What arrives from Teams, parsed once: only the fields that are used, tolerant of everything else.
 */
import { z } from 'zod';

const account = z.object({
  id: z.string(),
  name: z.string().nullish(),
  /** The Entra object id; bots and anonymous guests of a meeting have none. */
  aadObjectId: z.string().nullish(),
  tenantId: z.string().nullish(),
  /** 'user', 'guest' or 'anonymous'. */
  userRole: z.string().nullish(),
});

const thing = z.object({ id: z.string() });
/** `type` is 'standard', 'shared' or 'private', where it is told. */
const channel = z.object({ id: z.string(), type: z.string().nullish() });

const activitySchema = z.object({
  type: z.string(),
  id: z.string().nullish(),
  name: z.string().nullish(),
  channelId: z.string().nullish(),
  serviceUrl: z.string(),
  timestamp: z.string().nullish(),
  localTimezone: z.string().nullish(),
  locale: z.string().nullish(),
  replyToId: z.string().nullish(),
  from: account.nullish(),
  recipient: account.partial().nullish(),
  conversation: z.object({
    id: z.string().min(1),
    conversationType: z.string().nullish(),
    isGroup: z.boolean().nullish(),
    tenantId: z.string().nullish(),
  }),
  channelData: z
    .object({
      tenant: thing.nullish(),
      eventType: z.string().nullish(),
      channel: channel.nullish(),
      team: thing.extend({ aadGroupId: z.string().nullish() }).nullish(),
      /** Through which team or channel somebody came to a shared channel, and of which tenant that is. */
      membershipSource: z.object({ tenantId: z.string().nullish() }).nullish().catch(undefined),
    })
    .nullish()
    .catch(undefined),
  text: z.string().nullish(),
  entities: z.array(z.unknown()).nullish(),
  attachments: z
    .array(z.object({ contentType: z.string().nullish(), content: z.unknown().optional() }))
    .nullish()
    .catch(undefined),
  value: z.unknown().optional(),
  action: z.string().nullish(),
  membersAdded: z.array(account).nullish(),
  membersRemoved: z.array(account).nullish(),
});

export type Activity = z.output<typeof activitySchema>;
export type Account = z.output<typeof account>;

/** Nothing when it is no activity. */
export const readActivity = (body: unknown): Activity | undefined => activitySchema.safeParse(body).data;

/** The tenant whose conversation it is; in a shared channel people of other tenants speak too. */
export const tenantOf = (activity: Activity): string =>
  activity.conversation.tenantId ?? activity.channelData?.tenant?.id ?? '';

/** A channel's conversation names its thread; the channel itself is what comes before. */
export const withoutThread = (conversation: string): string => conversation.split(';', 1)[0] ?? conversation;

/** One to one with Entente. Fakes leave the type out now and then. */
export const isPersonal = ({ conversation: { conversationType, isGroup, id } }: Activity): boolean =>
  conversationType ? conversationType === 'personal' : !isGroup && !id.startsWith('19:');
