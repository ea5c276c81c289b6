import { useTranslation } from 'react-i18next';
import { capitalized, clock, dayName } from '../../../i18n/time';
import { roomOpensAt, type Visit } from '../../../parts/visit';
import { Button } from '../../../primitives/Button';
import { ButtonLink, TextLink } from '../../../primitives/TextLink';

/** The doors are closed yet; devices can be checked all the same. */
export function Early({ visit, name }: { visit: Visit; name: string }) {
  const { t } = useTranslation();
  const when = (at: string | number) => t('when.at', { day: dayName(at), time: clock(at) });
  return (
    <div className="fade-in flex flex-col gap-3">
      <h1 className="font-bold text-lead tablet:text-display tablet:tracking-tight">
        {capitalized(when(visit.scheduledAt))}
      </h1>
      <p className="text-ink-soft text-title">{t('home.with', { name })}</p>
      <p role="status" className="measure text-large">
        {t('wait.early', { when: when(roomOpensAt(visit)) })}
      </p>
    </div>
  );
}

/** Gone of one's own will: how to come back. */
export function Left({ visit, onBack }: { visit: Visit; onBack(): void }) {
  const { t } = useTranslation();
  return (
    <div className="fade-in flex flex-col items-start gap-5">
      <h1 className="font-bold text-lead">{t('wait.leftTitle')}</h1>
      <p className="measure text-ink-soft text-large">{t('wait.leftText')}</p>
      <div className="flex flex-wrap items-center gap-x-6">
        <Button onPress={onBack}>{t('wait.comeBack')}</Button>
        <TextLink to={`/patient/visits/${visit.id}`}>{t('wait.toVisit')}</TextLink>
      </div>
    </div>
  );
}

/** There is nothing to wait for any more. */
export function Over({ visit, name }: { visit: Visit; name: string }) {
  const { t } = useTranslation();
  const key = visit.status === 'CANCELLED' ? 'cancelled' : visit.status === 'NO_SHOW' ? 'missed' : 'done';
  return (
    <div className="fade-in flex flex-col items-start gap-5">
      <h1 className="font-bold text-lead">{t(`wait.over.${key}`)}</h1>
      <p role="status" className="measure text-ink-soft text-large">
        {t(`visit.now.${key}`, { name })}
      </p>
      <ButtonLink to={`/patient/visits/${visit.id}`}>{t('wait.toVisit')}</ButtonLink>
    </div>
  );
}
