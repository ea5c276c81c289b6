import { addressOf } from '../../../parts/visit';
import type { Practitioner } from '../api/practitioners';

export const nameOf = ({ title, firstName, lastName }: Pick<Practitioner, 'title' | 'firstName' | 'lastName'>) =>
  addressOf({ title, name: `${firstName} ${lastName}` });

/** "French, English and Arabic", in the reader's language. */
export function languagesInWords(tags: readonly string[], reader: string): string {
  const names = new Intl.DisplayNames(reader, { type: 'language' });
  return new Intl.ListFormat(reader, { type: 'conjunction' }).format(tags.map((tag) => names.of(tag) ?? tag));
}
