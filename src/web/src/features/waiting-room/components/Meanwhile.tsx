import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** What to have at hand, where to leave a note, and what to do if it gets worse. */
export function Meanwhile({ name, note }: { name: string; note: ReactNode }) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="meanwhile" className="flex flex-col gap-3 border-line border-t pt-8">
      <h2 id="meanwhile" className="font-bold text-title">
        {t('wait.meanwhile')}
      </h2>
      <ul className="list-disc pl-5 marker:text-ink-faint">
        <li>{t('waiting.ready1')}</li>
        <li>{t('waiting.ready2')}</li>
        <li>{t('waiting.ready3')}</li>
        <li>{t('waiting.ready4')}</li>
      </ul>
      <div className="flex flex-wrap items-center gap-x-3">
        <p className="text-ink-soft">{t('wait.note', { name })}</p>
        {note}
      </div>
      <p className="font-semibold text-urgent">{t('waiting.worse')}</p>
    </section>
  );
}
