import type { Audience, Read } from '../../core/context.js';
import { typeOf, writeCopy } from '../../core/copy/files.js';
import { dayOf } from '../../core/days.js';
import { type FileView, type NoticeView, notice, type Subject, type View } from '../../core/view.js';
import { type ExportFile, fileName, formatWords, isOver } from './rules.js';

export const subjectOf = (id: string): Subject => ({ feature: 'exports', id });

const fileView = async (file: ExportFile, { directory }: Read, audience: Audience): Promise<FileView> => {
  const { id, alliance, partner, format, askedAt, place } = file;
  const { title, text } = formatWords[format];
  const name = await directory.allianceName(alliance);
  return {
    kind: 'file',
    subject: subjectOf(id),
    title: `The log of ${name}: ${title.toLowerCase()}`,
    text,
    file: {
      name: fileName(name, dayOf(askedAt, await directory.zone(alliance)), format),
      type: typeOf[format],
      accept: 'exports.accept',
      decline: 'exports.decline',
      ...(place !== undefined && { place }),
      bytes: (source) => writeCopy(source, format, audience, partner),
    },
  };
};

const declined: NoticeView = notice("You declined this file. Say 'entente export' when you want a copy.");
const over: NoticeView = notice("This offer is over. Say 'entente export' for a fresh copy.");

/** The file itself, to whoever asked for it. */
export const exportCard = async (file: ExportFile, read: Read, audience: Audience): Promise<View> => {
  if (file.state === 'declined') return declined;
  return isOver(file, read.now) ? over : fileView(file, read, audience);
};

export const onItsWay = (company: string): NoticeView =>
  notice(
    `A copy of the log is on its way to your direct messages, as a document to read, as a spreadsheet and as data. It holds everything that all companies share and what is ${company}’s alone, with wordings, confirmations and history. ${company}’s own history keeps that you took it.`,
  );
