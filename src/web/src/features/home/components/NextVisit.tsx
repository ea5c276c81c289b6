import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { capitalized, clock, dayName } from '../../../i18n/time';
import { TextLink } from '../../../primitives/TextLink';
import { ChatButton } from '../../chat/ways';
import type { ConsultationItem } from '../api/listMyConsultations';
import { otherParty, placeToPrepare } from '../model/people';

interface NextVisitProps {
  item: ConsultationItem;
  isPractitioner: boolean;
  /** Where the clock of the practice is; this device's when absent. */
  zone: string | undefined;
}

/** The one thing that matters now, as a sentence, and the one thing to do about it. */
export function NextVisit({ item, isPractitioner, zone }: NextVisitProps) {
  const { t } = useTranslation();
  const name = otherParty(item, isPractitioner);
  const begun = item.status === 'IN_PROGRESS';
  const awaited = isPractitioner && item.waiting && !begun;
  const format = t(`format.${item.format.toLowerCase() as 'video'}`);
  const at = clock(item.startedAt ?? item.scheduledAt, zone);
  const when = t('when.at', {
    day: dayName(item.scheduledAt, new Date(), zone),
    time: clock(item.scheduledAt, zone),
  });

  return (
    <section aria-labelledby="next" className="fade-in flex flex-col items-start gap-5">
      <div className="flex flex-col gap-2">
        <h2 id="next" className="font-bold text-display tracking-tight">
          {title()}
        </h2>
        <p className="text-ink-soft text-title">{details()}</p>
        {item.unreadCount > 0 && (
          <p className="font-semibold text-brand text-large">{t('home.unread', { count: item.unreadCount })}</p>
        )}
      </div>
      <Link
        to={placeToPrepare(item, isPractitioner)}
        className="inline-flex min-h-12 max-w-full items-center rounded-outer bg-brand px-6 font-semibold text-on-brand text-large hover:bg-brand-strong"
      >
        {action()}
      </Link>
      {!isPractitioner && !begun && (
        <div className="flex flex-wrap gap-x-6">
          {item.cancellableUntil && Date.parse(item.cancellableUntil) > Date.now() && (
            <TextLink to={`/patient/visits/${item.id}/move`}>{t('home.move')}</TextLink>
          )}
          <TextLink to={`/consultations/${item.id}`}>{t('home.write')}</TextLink>
        </div>
      )}
      <div className="-mt-4">
        <ChatButton
          with={{ id: isPractitioner ? item.patient.id : item.practitioner.id, name }}
          as={isPractitioner ? 'PRACTITIONER' : 'EMPLOYEE'}
        />
      </div>
    </section>
  );

  function title() {
    if (awaited) return t('home.waiting', { name });
    if (!begun) return capitalized(when);
    return isPractitioner ? t('home.inProgressWith', { name }) : t('home.inProgress');
  }

  function details() {
    const minutes = t('home.minutes', { count: item.duration });
    if (awaited) return [t('home.appointment', { time: clock(item.scheduledAt, zone) }), format].join(' · ');
    if (begun)
      return [isPractitioner ? '' : t('home.with', { name }), t('home.since', { time: at }), format]
        .filter(Boolean)
        .join(' · ');
    return [t('home.with', { name }), format, minutes].join(' · ');
  }

  function action() {
    if (awaited) return t('home.see', { name });
    if (!begun) return t(isPractitioner ? 'home.open' : 'home.prepare');
    return isPractitioner ? t('home.goOn') : t('home.join');
  }
}
