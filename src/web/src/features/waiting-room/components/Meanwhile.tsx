import { useTranslation } from 'react-i18next';
import type { Visit } from '../../../parts/visit';
import { TextLink } from '../../../primitives/TextLink';

/** What to have at hand, where to leave a note, and what to do if it gets worse. */
export function Meanwhile({ visit, name }: { visit: Visit; name: string }) {
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
        <TextLink to={`/consultations/${visit.id}`}>{t('wait.writeNote')}</TextLink>
      </div>
      <p className="font-semibold text-urgent">{t('waiting.worse')}</p>
    </section>
  );
}
