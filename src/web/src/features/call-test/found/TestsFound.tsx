import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../../api/queryKeys';
import type { Visit } from '../../../parts/visit';
import { session } from '../../../session';
import { foundInVisit } from '../api/callTest';
import { TestReport } from './TestReport';

interface TestsFoundProps {
  visit: Visit & { patient: { id: string; name: string } };
  /** A time as the practice reads it. */
  when(at: string): string;
}

/** Milliseconds: a patient may test while one looks. */
const refreshEvery = 60_000;

/** How the patient's devices and connection did before the visit, so that one knows what to expect. */
export function TestsFound({ visit, when }: TestsFoundProps) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: queryKeys.testsFound(visit.id),
    queryFn: ({ signal }) => foundInVisit(session.request, visit.id, signal),
    refetchInterval: refreshEvery,
  });
  // What cannot be had is no reason to say anything here: the visit does not hang on it.
  if (!data) return null;
  const theirs = data.filter(({ userId }) => userId !== visit.practitioner.id);
  return (
    <section aria-label={t('test.found.title')} className="flex flex-col gap-2">
      <h2 className="font-semibold text-ink-soft">{t('test.found.title')}</h2>
      {theirs.length === 0 && (
        <p className="measure text-ink-soft">{t('test.found.none', { name: visit.patient.name })}</p>
      )}
      {theirs.map((found) => (
        <TestReport
          key={found.userId}
          found={found}
          name={found.userId === visit.patient.id ? visit.patient.name : t('test.found.guest')}
          camera={visit.format === 'VIDEO'}
          when={when(found.at)}
        />
      ))}
    </section>
  );
}
