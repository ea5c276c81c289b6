import { dayIn } from '../../../i18n/time';

/** What is in order already, cut where the calendar of `zone` (this device's when absent) turns a page. */
export function sections<T extends { createdAt: string }>(items: readonly T[], zone?: string) {
  const days: { day: string; items: T[] }[] = [];
  for (const item of items) {
    const day = dayIn(item.createdAt, zone);
    const last = days.at(-1);
    if (last?.day === day) last.items.push(item);
    else days.push({ day, items: [item] });
  }
  return days;
}
