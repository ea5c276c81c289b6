import { useQueryClient } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../api/queryKeys';
import { useTitle } from '../../hooks/useTitle';
import { dayIn } from '../../i18n/time';
import { Rows } from '../../parts/Rows';
import { deviceZone } from '../../parts/time';
import { TextField } from '../../primitives/TextField';
import { useDirectory } from './api/practitioners';
import { FilterBar } from './components/FilterBar';
import { PractitionerRow } from './components/PractitionerRow';
import { anyone, type Finding, filterOf } from './model/finding';

/** Milliseconds of rest before what was typed is asked. */
const rest = 300;

/** Answers one question: who can see me, and when. */
export function FindPage() {
  const { t } = useTranslation();
  const [finding, change] = useFinding();
  const [words, setWords] = useState(finding.q);
  const zone = deviceZone();
  const query = useDirectory(filterOf(finding, dayIn(Date.now(), zone), zone));
  useTitle(t('find.title'));

  useEffect(() => {
    const timer = setTimeout(() => change({ q: words }), rest);
    return () => clearTimeout(timer);
  }, [words, change]);

  return (
    <div className="flex flex-col gap-8">
      <div className="measure flex flex-col gap-1">
        <h1 className="font-bold text-lead tablet:text-display tablet:tracking-tight">{t('find.title')}</h1>
        <p className="text-pretty text-ink-soft text-large">{t('find.text')}</p>
      </div>
      <search className="flex flex-col gap-3">
        <TextField
          label={t('find.search')}
          type="search"
          maxLength={100}
          value={words}
          onChange={setWords}
          end={<Search aria-hidden="true" className="mr-3 size-5 text-ink-soft" />}
        />
        <FilterBar
          finding={finding}
          onChange={change}
          onClear={() => {
            setWords('');
            change(anyone);
          }}
        />
      </search>
      <Rows query={query} label={t('find.title')} empty={t('find.empty')}>
        {(practitioner) => <PractitionerRow practitioner={practitioner} zone={zone} />}
      </Rows>
    </div>
  );
}

/** What was looked for, still there on the way back from a page; kept in memory alone, for it may tell of an illness. */
function useFinding(): [Finding, (part: Partial<Finding>) => void] {
  const queries = useQueryClient();
  const [finding, setFinding] = useState(() => queries.getQueryData<Finding>(queryKeys.finding) ?? anyone);
  const [change] = useState(() => (part: Partial<Finding>) => setFinding((known) => ({ ...known, ...part })));
  useEffect(() => void queries.setQueryData(queryKeys.finding, finding), [queries, finding]);
  return [finding, change];
}
