import { useTranslation } from 'react-i18next';
import { Refused } from '../../../parts/Refused';
import type { Slot } from '../../../parts/slots/useSlots';
import { FormDialog } from '../../../primitives/FormDialog';
import { moveVisit, type Visit } from '../api/visits';
import { useVisitActs } from '../hooks/useVisitActs';
import { whenOf } from '../when';

interface MoveQuestionProps {
  visit: Visit;
  to: Slot;
  zone: string;
  onClose(): void;
}

/** Asks before a visit that was let go elsewhere in the calendar is moved: the patient is told at once. */
export function MoveQuestion({ visit, to, zone, onClose }: MoveQuestionProps) {
  const { t } = useTranslation();
  const { busy, problem, act } = useVisitActs();
  const { name } = visit.patient;
  return (
    <FormDialog
      title={t('care.moveTitle', { name })}
      text={t('agenda.moveText', {
        name,
        from: whenOf(t, visit.scheduledAt, zone),
        to: whenOf(t, to.startsAt, zone),
      })}
      submit={t('agenda.moveSubmit')}
      busy={busy && t('practice.working')}
      onSubmit={async () => {
        if (await act(() => moveVisit(visit.id, to))) onClose();
      }}
      onClose={onClose}
    >
      <Refused problem={problem} />
    </FormDialog>
  );
}
