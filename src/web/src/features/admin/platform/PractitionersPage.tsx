import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../../api/queryKeys';
import { Rows } from '../../../parts/Rows';
import { SelectField } from '../../../primitives/SelectField';
import { type ReviewState, reviewStates, useCandidates } from '../api/practitioners';
import { PageHead } from '../components/PageHead';
import { CandidateCard } from './CandidateCard';

/** Who asks to give care here, with what they show for it. */
export function PractitionersPage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [status, setStatus] = useState<ReviewState>('PENDING');
  const candidates = useCandidates(status);
  const refresh = () => void queries.invalidateQueries({ queryKey: queryKeys.allPractitioners });
  return (
    <div className="flex flex-col gap-6">
      <PageHead title={t('practitioners.title')} text={t('practitioners.text')} />
      <div className="max-w-64">
        <SelectField<ReviewState>
          label={t('people.state')}
          value={status}
          options={reviewStates.map((value) => ({ value, label: t(`practitioners.is.${value}`) }))}
          onChange={setStatus}
        />
      </div>
      <Rows
        query={candidates}
        label={t('practitioners.title')}
        empty={t(status === 'PENDING' ? 'practitioners.noneWaiting' : 'practitioners.none')}
      >
        {(candidate) => <CandidateCard candidate={candidate} onChanged={refresh} />}
      </Rows>
    </div>
  );
}
