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
  'archived',
  'call_missed',
  'call_declined',
  'call_failed',
] as const;

/** A word that speaks of somebody, by their id. */
const personWord = /^(joined|left|deputy):([0-9a-f-]{36})$/;

/** Of whom a message of the product's own speaks, beside its sender; null for nobody. */
export const subjectOf = ({ kind, text }: Pick<Message, 'kind' | 'text'>): string | null =>
  (kind === 'system' && personWord.exec(text ?? '')?.[2]) || null;

/** What the product says by itself: `name` is who did it, `who` of whom it speaks, where that is known. */
export function systemText(
  t: TFunction,
  { text, senderId }: Pick<Message, 'text' | 'senderId'>,
  name: string,
  who: string | null,
): string {
  const [, deed, person] = personWord.exec(text ?? '') ?? [];
  if (deed === 'left' && person === senderId) return t('system.left.own', { name });
  if (deed === 'joined' || deed === 'left' || deed === 'deputy')
    return t(`system.${deed}.${who ? 'named' : 'unnamed'}`, { name, who });
  // With the whole seconds that it lasted.
  const lasted = /^call_ended:(\d{1,9})$/.exec(text ?? '')?.[1];
  if (lasted) return t('system.call_ended', { duration: asClock(Number(lasted)) });
  // As it was said before it said of whom.
  if (text === 'joined' || text === 'left') return t(`system.${text}.unnamed`, { name });
  const word = systemWords.find((known) => known === text) ?? 'other';
  return t(`system.${word}`, { name });
}

/** A message in one line of words, for lists, quotes and pins. */
export function inOneLine(t: TFunction, message: Message, name: string, who: string | null = null): string {
  if (message.deletedAt) return t('message.deleted');
  if (message.kind === 'system') return systemText(t, message, name, who);
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
