/** Offered at once; others that a person already has are kept. */
const common = ['fr', 'en', 'es', 'ar', 'pt', 'de', 'it', 'pl', 'ro', 'tr', 'uk', 'ru', 'zh'];

export function spokenLanguages(own: readonly string[], reader: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(reader, { type: 'language' });
  return [...new Set([...common, ...own])].map((value) => ({ value, label: names.of(value) ?? value }));
}
