import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../../api/queryKeys';
import { Question } from '../../../primitives/Question';
import { type LegalHold, liftHold } from '../api/holds';

/** Asks before what is held may be erased. */
export function LiftHold({ hold, onClose }: { hold: LegalHold; onClose(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return (
    <Question
      title={t('hold.liftTitle', { reference: hold.reference })}
      text={t('hold.liftText')}
      confirm={t('hold.lift')}
      busy={t('hold.lifting')}
      failed={t('hold.failed')}
      act={async () => {
        await liftHold(hold.id);
        await queries.invalidateQueries({ queryKey: queryKeys.legalHolds });
      }}
      onClose={onClose}
    />
  );
}
