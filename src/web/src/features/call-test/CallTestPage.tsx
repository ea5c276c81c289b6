import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Navigate, useParams } from 'react-router';
import { Problem } from '../../api/problem';
import { queryKeys } from '../../api/queryKeys';
import { BackTo } from '../../parts/BackTo';
import { visitPath } from '../../parts/useVisit';
import { isLive, type Visit } from '../../parts/visit';
import { Skeleton } from '../../primitives/Skeleton';
import { ButtonLink } from '../../primitives/TextLink';
import { session } from '../../session';
import { ProblemPage } from '../shell';
import { CallTest } from './CallTest';

const shape = ['h-6 w-40', 'h-10 w-3/4', 'h-6 w-1/2', 'mt-4 h-12 w-52'];

/** The test of one who is signed in, for a visit of theirs; `home` is where the visit's own page is. */
export function CallTestPage({ home }: { home: '/patient/visits' | '/professional/consultations' }) {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.callTest(id),
    // Nothing of it changes while one tests.
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => session.request<Visit>(visitPath(id), { signal }),
  });
  if (!data && error)
    return <ProblemPage category={Problem.from(error).category} onRetry={() => void refetch()} home={false} />;
  if (!data) return <Skeleton label={t('list.loading')} lines={shape} />;
  const place = `${home}/${id}`;
  // Who comes by a mail's link, and has nothing to test.
  if (data.format === 'IN_PERSON') return <Navigate to={place} replace />;
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-4">
      <BackTo to={place}>{t('test.toVisit')}</BackTo>
      {!isLive(data.status) ? (
        <p className="measure text-large">{t('test.over')}</p>
      ) : (
        <CallTest
          visit={id}
          request={session.request}
          camera={data.format === 'VIDEO'}
          back={<ButtonLink to={place}>{t('test.toVisit')}</ButtonLink>}
        />
      )}
    </div>
  );
}
