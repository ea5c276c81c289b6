import { useTranslation } from 'react-i18next';
import { Question } from '../../../primitives/Question';
import { endVisit, missVisit, type Visit } from '../api/visits';
import { useVisitActs } from '../hooks/useVisitActs';

interface AskProps {
  visit: Visit;
  onClose(): void;
}

export function AskNoShow({ visit, onClose }: AskProps) {
  const { t } = useTranslation();
  const { act } = useVisitActs();
  const { name } = visit.patient;
  return (
    <Question
      title={t('care.noShowTitle', { name })}
      text={t('care.noShowText', { name })}
      confirm={t('care.noShow')}
      busy={t('practice.working')}
      failed={t('practice.failed')}
      act={() => orThrow(act(() => missVisit(visit.id)))}
      onClose={onClose}
    />
  );
}

export function AskEnd({ visit, onClose }: AskProps) {
  const { t } = useTranslation();
  const { act } = useVisitActs();
  return (
    <Question
      title={t('room.endTitle', { name: visit.patient.name })}
      text={t('room.endText')}
      confirm={t('room.endConfirm')}
      busy={t('room.endBusy')}
      failed={t('room.endFailed')}
      act={() => orThrow(act(() => endVisit(visit.id)))}
      onClose={onClose}
    />
  );
}

async function orThrow(done: Promise<boolean>) {
  if (!(await done)) throw new Error('refused');
}
