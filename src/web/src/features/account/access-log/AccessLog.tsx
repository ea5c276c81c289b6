import { useTranslation } from 'react-i18next';
import { Problem } from '../../../api/problem';
import { useTitle } from '../../../hooks/useTitle';
import { capitalized, clock, dayName } from '../../../i18n/time';
import { Button } from '../../../primitives/Button';
import { Skeleton } from '../../../primitives/Skeleton';
import { ProblemPage } from '../../shell';
import { type AccessLine, useAccessLog } from '../api/accessLog';
import { byDay, told } from '../model/accessLines';

const shape = ['h-5 w-32', 'h-6 w-full', 'h-6 w-11/12', 'h-6 w-2/3'];

/** Who looked at my data, and when: everybody's right, and a quiet page. */
export function AccessLog() {
  const { t } = useTranslation();
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useAccessLog();
  useTitle(t('access.title'));
  const lines = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="flex flex-col gap-8">
      <div className="measure flex flex-col gap-2">
        <h1 className="font-bold text-lead">{t('access.title')}</h1>
        <p className="text-ink-soft text-large">{t('access.lead')}</p>
      </div>
      {isPending && <Skeleton label={t('access.loading')} lines={shape} />}
      {error && !data && (
        <ProblemPage category={Problem.from(error).category} onRetry={() => void refetch()} home={false} />
      )}
      {data && lines.length === 0 && <p className="text-large">{t('access.empty')}</p>}
      {byDay(lines).map(({ day, lines: ofDay }) => (
        <section key={ofDay[0]?.id} className="flex flex-col gap-1">
          <h2 className="font-semibold text-ink-soft">{capitalized(dayName(day))}</h2>
          <ul className="border-line border-t">
            {ofDay.map((line) => (
              <Line key={line.id} line={line} />
            ))}
          </ul>
        </section>
      ))}
      {hasNextPage && (
        <div>
          <Button look="quiet" busy={isFetchingNextPage && t('access.loading')} onPress={() => void fetchNextPage()}>
            {t('access.more')}
          </Button>
        </div>
      )}
    </div>
  );
}

const roles = ['EMPLOYEE', 'PRACTITIONER', 'GUEST', 'ADMIN_RH', 'ADMIN_HUNTZEN', 'SUPER_ADMIN'] as const;
const reasons = ['care', 'administration'] as const;

function Line({ line }: { line: AccessLine }) {
  const { t } = useTranslation();
  const { deed, thing, who, refused } = told(line);
  const what = t(`access.thing.${thing}`);
  const role = roles.find((one) => one === line.actor?.role);
  const why = reasons.find((one) => one === line.why);
  const sentence =
    who === 'you'
      ? t(`access.you.${deed}`, { what })
      : t(`access.deed.${deed}`, { who: (who === 'named' && line.actor?.name) || t('access.someone'), what });
  const small = [role && t(`role.${role}`), why && t(`access.why.${why}`)].filter(Boolean).join(' · ');
  return (
    <li className="grid grid-cols-[3.5rem_1fr] gap-x-3 border-line border-b py-3">
      <span className="text-ink-soft">{clock(line.at)}</span>
      <span className="flex flex-col">
        <span className={who === 'you' ? 'text-ink-soft' : ''}>
          {sentence}
          {refused && <span className="font-semibold text-waiting"> · {t('access.refused')}</span>}
        </span>
        {who !== 'you' && small && <span className="text-ink-soft text-small">{small}</span>}
      </span>
    </li>
  );
}
