const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Those whose name has every word of the search, accents and capitals aside. */
export function matching<T>(items: readonly T[], search: string, nameOf: (item: T) => string): readonly T[] {
  const words = plain(search).split(/\s+/).filter(Boolean);
  return items.filter((item) => words.every((word) => plain(nameOf(item)).includes(word)));
}
