import type { TFunction } from 'i18next';
import type { FileRef, Message } from '../../../realtime/events';
import { asClock } from '../../length';

/** All files of a message. */
export const filesOf = ({ file, files }: Pick<Message, 'file' | 'files'>): readonly FileRef[] =>
  files && files.length > 0 ? files : file ? [file] : [];

/** A voice, and nothing else. */
const isVoice = (files: readonly FileRef[]) => files.length === 1 && files[0]?.mimeType.startsWith('audio/');

const systemWords = [
  'exported',
  'reopened',
  'closed',
  'joined',
  'left',
  'call_missed',
  'call_declined',
  'call_failed',
] as const;

/** What the product says by itself; `name` is who it says it of. */
export function systemText(t: TFunction, text: string | null, name: string): string {
  // With the whole seconds that it lasted.
  const lasted = /^call_ended:(\d{1,9})$/.exec(text ?? '')?.[1];
  if (lasted) return t('system.call_ended', { duration: asClock(Number(lasted)) });
  const word = systemWords.find((known) => known === text) ?? 'other';
  return t(`system.${word}`, { name });
}

/** A message in one line of words, for lists, quotes and pins. */
export function inOneLine(t: TFunction, message: Message, name: string): string {
  if (message.deletedAt) return t('message.deleted');
  if (message.kind === 'system') return systemText(t, message.text, name);
  const files = filesOf(message);
  return [
    message.text,
    isVoice(files)
      ? t('voice.one')
      : files.length > 0 && t('message.files', { count: files.length, name: files[0]?.name }),
  ]
    .filter(Boolean)
    .join(' · ');
}
