import { useTranslation } from 'react-i18next';
import { useTitle } from '../../../hooks/useTitle';
import { Loaded } from '../../../parts/Loaded';
import { Notice } from '../../../primitives/Notice';
import { type Practice, usePractice } from '../api/practice';
import { Documents } from './Documents';
import { PracticeForm } from './PracticeForm';

/** What patients read of a practitioner, and what the platform asks to see first. */
export function PracticePage() {
  const { t } = useTranslation();
  const practice = usePractice();
  useTitle(t('practice.title'));
  return (
    <div className="flex flex-col gap-8">
      <div className="measure flex flex-col gap-2">
        <h1 className="font-bold text-lead">{t('practice.title')}</h1>
        <p className="text-ink-soft text-large">{t('practice.lead')}</p>
      </div>
      <Loaded query={practice} lines={['h-14 w-full', 'h-12 w-11/12', 'h-32 w-full']}>
        {(data) => (
          <>
            <Standing practice={data} />
            <PracticeForm practice={data} />
            <Documents documents={data.documents ?? []} verified={data.documentsVerified} />
          </>
        )}
      </Loaded>
    </div>
  );
}

function Standing({ practice: { status, rejectionReason } }: { practice: Practice }) {
  const { t } = useTranslation();
  if (status === 'VALIDATED') return <Notice tone="done">{t('practice.validated')}</Notice>;
  if (status === 'PENDING') return <Notice tone="waiting">{t('practice.pending')}</Notice>;
  return <Notice tone="urgent">{t('practice.rejected', { reason: rejectionReason ?? '' })}</Notice>;
}
