import { CalendarPlus, CalendarSync, CircleX, Gauge, MessageCircle } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { CalendarButton } from '../../../parts/CalendarButton';
import { mayChange, type Standing, type Visit } from '../../../parts/visit';
import { Button } from '../../../primitives/Button';
import { ButtonLink } from '../../../primitives/TextLink';
import { ChatButton } from '../../chat/ways';
import { KeepingActs } from '../../keeping/ways';
import { CancelForm } from './CancelForm';

interface VisitActsProps {
  visit: Visit;
  standing: Standing;
  name: string;
  now: number;
}

const quiet = 'inline-flex min-h-11 items-center gap-2 font-semibold text-brand underline-offset-4 hover:underline';
/** On a phone a list, one below the other; on a desk a line. */
const row = 'max-tablet:border-line max-tablet:border-b max-tablet:py-0.5';

/** One thing to do now; what else can be done is quiet. */
export function VisitActs({ visit, standing, name, now }: VisitActsProps) {
  const { t } = useTranslation();
  const [cancelling, setCancelling] = useState(false);
  const ahead = standing === 'asked' || standing === 'ahead' || standing === 'open';
  const changeable = mayChange(visit, now);
  const remote = visit.format !== 'IN_PERSON';
  return (
    <div className="flex flex-col items-start gap-4">
      {standing === 'running' && <ButtonLink to={`/consultations/${visit.id}`}>{t('home.join')}</ButtonLink>}
      {standing === 'open' && remote && (
        <ButtonLink to={`/patient/visits/${visit.id}/waiting-room`}>{t('visit.toWaitingRoom')}</ButtonLink>
      )}
      {(standing === 'asked' || standing === 'ahead') && remote && (
        <ButtonLink to={`/patient/visits/${visit.id}/waiting-room`}>{t('visit.prepare')}</ButtonLink>
      )}
      {!ahead && standing !== 'running' && (
        <ButtonLink to={`/patient/practitioners/${visit.practitioner.id}`}>{t('visit.again')}</ButtonLink>
      )}
      <ul className="flex gap-x-5 max-tablet:w-full max-tablet:flex-col max-tablet:border-line max-tablet:border-t tablet:flex-wrap">
        <li className={row}>
          <Link to={`/consultations/${visit.id}`} className={quiet}>
            <MessageCircle aria-hidden="true" className="size-4" />
            {ahead || standing === 'running' ? t('visit.write', { name }) : t('visit.read')}
          </Link>
        </li>
        <li className={row}>
          <ChatButton with={{ id: visit.practitioner.id, name }} as="EMPLOYEE" />
        </li>
        <li className={row}>
          <KeepingActs conversation={visit.id} others={name} mayHold={false} />
        </li>
        {ahead && remote && (
          <li className={row}>
            <Link to={`/patient/visits/${visit.id}/test`} className={quiet}>
              <Gauge aria-hidden="true" className="size-4" />
              {t('visit.test')}
            </Link>
          </li>
        )}
        {ahead && (
          <li className={row}>
            <CalendarButton visit={visit}>
              <CalendarPlus aria-hidden="true" className="size-4" />
            </CalendarButton>
          </li>
        )}
        {changeable && (
          <>
            <li className={row}>
              <Link to={`/patient/visits/${visit.id}/move`} className={quiet}>
                <CalendarSync aria-hidden="true" className="size-4" />
                {t('visit.move')}
              </Link>
            </li>
            <li className={row}>
              <Button look="plain" onPress={() => setCancelling(true)}>
                <CircleX aria-hidden="true" className="size-4" />
                {t('visit.cancel')}
              </Button>
            </li>
          </>
        )}
      </ul>
      {ahead && !changeable && <p className="measure text-ink-soft">{t('visit.tooLate', { name })}</p>}
      {cancelling && <CancelForm visit={visit} name={name} onClose={() => setCancelling(false)} />}
    </div>
  );
}
