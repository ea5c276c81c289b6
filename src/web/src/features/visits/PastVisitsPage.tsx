import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Rows } from '../../parts/Rows';
import type { VisitFormat } from '../../parts/visit';
import { SelectField } from '../../primitives/SelectField';
import { endedStates, type PastFilter, usePastVisits } from './api/visits';
import { VisitRow } from './components/VisitRow';
import { VisitsHead } from './components/VisitsHead';

const stateKeys = { COMPLETED: 'status.closed', CANCELLED: 'status.cancelled', NO_SHOW: 'status.no_show' } as const;
const states = ['', ...endedStates] as const;
const formats = ['', 'VIDEO', 'AUDIO', 'IN_PERSON'] as const satisfies readonly (VisitFormat | '')[];

/** What has been, newest first. */
export function PastVisitsPage() {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<PastFilter>({ status: '', format: '' });
  const query = usePastVisits(filter);
  const narrowed = filter.status !== '' || filter.format !== '';
  return (
    <div className="flex flex-col gap-7">
      <VisitsHead />
      <div className="grid grid-cols-2 gap-3 tablet:max-w-md">
        <SelectField
          label={t('visits.state')}
          value={filter.status}
          options={states.map((value) => ({ value, label: t(value ? stateKeys[value] : 'find.any') }))}
          onChange={(status) => setFilter({ ...filter, status })}
        />
        <SelectField
          label={t('find.format')}
          value={filter.format}
          options={formats.map((value) => ({ value, label: t(value ? `how.${value}` : 'find.any') }))}
          onChange={(format) => setFilter({ ...filter, format })}
        />
      </div>
      <Rows query={query} label={t('visits.past')} empty={t(narrowed ? 'visits.noneSuch' : 'visits.nonePast')}>
        {(visit) => <VisitRow visit={visit} />}
      </Rows>
    </div>
  );
}
