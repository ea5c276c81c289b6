import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '../../../parts/Refused';
import { isAhead } from '../../../parts/visit';
import { Button } from '../../../primitives/Button';
import { ButtonLink, TextLink } from '../../../primitives/TextLink';
import { confirmVisit, type Visit } from '../api/visits';
import { useVisitActs } from '../hooks/useVisitActs';
import { actsOf, type VisitAct } from '../model/visits';
import { CancelDialog } from './CancelDialog';
import { AskEnd, AskNoShow } from './Questions';
import { TimeDialog } from './TimeDialog';

interface VisitActionsProps {
  visit: Visit;
  zone: string;
  now: number;
}

type Asking = Extract<VisitAct, 'move' | 'cancel' | 'noShow' | 'end' | 'followUp'>;

/** What can be done with a visit: the first thing as the button, the rest beside it. */
export function VisitActions({ visit, zone, now }: VisitActionsProps) {
  const { t } = useTranslation();
  const { busy, problem, act } = useVisitActs();
  const [asking, setAsking] = useState<Asking | null>(null);
  const close = () => setAsking(null);
  const [first, ...rest] = actsOf(visit, now);
  const room = `/consultations/${visit.id}`;

  return (
    <div className="flex flex-col gap-3">
      <Refused problem={problem} />
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        {first && button(first)}
        {rest.map(link)}
        {isAhead(visit) && visit.format !== 'IN_PERSON' && (
          <TextLink to={`/professional/consultations/${visit.id}/test`}>{t('care.test')}</TextLink>
        )}
      </div>
      {(asking === 'move' || asking === 'followUp') && (
        <TimeDialog visit={visit} zone={zone} purpose={asking} onClose={close} />
      )}
      {asking === 'cancel' && <CancelDialog visit={visit} zone={zone} onClose={close} />}
      {asking === 'noShow' && <AskNoShow visit={visit} onClose={close} />}
      {asking === 'end' && <AskEnd visit={visit} onClose={close} />}
    </div>
  );

  function button(what: VisitAct) {
    if (what === 'confirm')
      return (
        <Button busy={busy && t('practice.working')} onPress={() => void act(() => confirmVisit(visit.id))}>
          {t('care.confirm')}
        </Button>
      );
    return (
      <ButtonLink to={room}>
        {what === 'read' ? t('care.read') : t(visit.status === 'IN_PROGRESS' ? 'care.goOn' : 'care.enter')}
      </ButtonLink>
    );
  }

  function link(what: VisitAct) {
    if (what === 'enter')
      return (
        <TextLink key={what} to={room}>
          {t('care.enter')}
        </TextLink>
      );
    const press = what === 'confirm' ? () => void act(() => confirmVisit(visit.id)) : () => setAsking(what as Asking);
    return (
      <Button key={what} look="plain" onPress={press}>
        {t(`care.${what as Asking | 'confirm'}`)}
      </Button>
    );
  }
}
