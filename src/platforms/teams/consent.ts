/*
 * Teams asks a person before it takes a file from an app: Accept gives an address in their own OneDrive to send the bytes
 * to. What comes back with the answer was in the reader's hands, so it carries a seal that holds for one person and file.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Account, Call, PressCall } from '../../core/platform.js';
import type { FileView, InteractionId, Subject } from '../../core/view.js';
import type { Activity } from './activity.js';
import { limits } from './limits.js';
import { plainText } from './spans.js';

const id = z.custom<InteractionId>((value) => /^[\w-]+\.[\w-]+$/.test(String(value)));

const contextSchema = z.object({
  subject: z.object({ feature: z.string(), id: z.string() }),
  accept: id,
  decline: id,
  seal: z.string(),
});

type Context = z.output<typeof contextSchema>;

/** Where Teams said to put the file, and what it calls it there. */
const placeSchema = z.object({
  uploadUrl: z.string(),
  contentUrl: z.string(),
  name: z.string(),
  uniqueId: z.string(),
  fileType: z.string().nullish(),
});

export type Place = z.output<typeof placeSchema>;

const answerSchema = z.object({
  action: z.enum(['accept', 'decline']),
  context: contextSchema,
  uploadInfo: placeSchema.nullish(),
});

export const readPlace = (text: string): Place | undefined => {
  try {
    return placeSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

export interface Consent {
  /** Asks somebody whether they take a file. */
  ask(view: FileView, size: number, to: Omit<Account, 'platform'>): object;
  /** What somebody answered, as a press; nothing when it is no answer, or not theirs to give. */
  read(activity: Activity, call: Call): PressCall | undefined;
}

const CONSENT = 'application/vnd.microsoft.teams.card.file.consent';
const INFO = 'application/vnd.microsoft.teams.card.file.info';

/** The file as it stands in their OneDrive, in place of the question. */
export const sentCard = ({ contentUrl, name, uniqueId, fileType }: Place): object => ({
  type: 'message',
  summary: name,
  attachments: [{ contentType: INFO, contentUrl, name, content: { uniqueId, ...(fileType && { fileType }) } }],
});

export const createConsent = (key: Uint8Array): Consent => {
  const sealOf = (of: Omit<Context, 'seal'>, { workspace, user }: Omit<Account, 'platform'>): Buffer => {
    const { subject, accept, decline } = of;
    const said = JSON.stringify([workspace, user, subject.feature, subject.id, accept, decline]);
    return createHmac('sha256', key).update(said).digest();
  };
  const isSealed = (context: Context, who: Omit<Account, 'platform'>): boolean => {
    const given = Buffer.from(context.seal, 'base64url');
    const right = sealOf(context, who);
    return given.length === right.length && timingSafeEqual(given, right);
  };
  return {
    ask(view, size, to) {
      const { subject, file } = view;
      const { accept, decline } = file;
      const of: { readonly subject: Subject } & Pick<Context, 'accept' | 'decline'> = { subject, accept, decline };
      const context: Context = { ...of, seal: sealOf(of, to).toString('base64url') };
      const description = `${view.title}. ${plainText(view.text, limits.summary)}`;
      const content = { description, sizeInBytes: size, acceptContext: context, declineContext: context };
      return {
        type: 'message',
        summary: view.title,
        attachments: [{ contentType: CONSENT, name: file.name, content }],
      };
    },
    read({ value }, call): PressCall | undefined {
      const answer = answerSchema.safeParse(value).data;
      if (!answer || !isSealed(answer.context, call.caller)) return undefined;
      const { context, action, uploadInfo } = answer;
      const { subject } = context;
      if (action === 'decline') return { ...call, subject, interaction: context.decline, values: {} };
      if (!uploadInfo) return undefined;
      return { ...call, subject, interaction: context.accept, values: { place: JSON.stringify(uploadInfo) } };
    },
  };
};
