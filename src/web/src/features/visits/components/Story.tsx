import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { clock, shortDate } from '../../../i18n/time';
import type { VisitStatus } from '../../../parts/visit';
import { useVisitEvents } from '../api/visits';
import { storyOf } from '../model/story';

/** What has happened to this visit so far. */
export function Story({ id, status }: { id: string; status: VisitStatus }) {
  const { t } = useTranslation();
  const { data = [], refetch } = useVisitEvents(id);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another status is another event.
  useEffect(() => void refetch(), [status, refetch]);
  const chapters = storyOf(data);
  if (chapters.length === 0) return null;
  return (
    <section aria-labelledby="story" className="flex flex-col gap-2">
      <h2 id="story" className="font-semibold text-ink-soft">
        {t('visit.story')}
      </h2>
      <ol className="flex flex-col gap-1">
        {chapters.map(({ id: key, type, at }) => (
          <li key={key} className="grid grid-cols-[1fr_auto] gap-4 tablet:grid-cols-[16rem_auto]">
            <span>{t(`visit.event.${type}`)}</span>
            <time dateTime={at} className="text-ink-soft">
              {shortDate(at)}, {clock(at)}
            </time>
          </li>
        ))}
      </ol>
    </section>
  );
}
