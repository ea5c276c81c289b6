import { useTranslation } from 'react-i18next';
import { Problem } from '../../../api/problem';
import type { User } from '../../../api/session';
import { useTitle } from '../../../hooks/useTitle';
import { Skeleton } from '../../../primitives/Skeleton';
import { ProblemPage } from '../../shell';
import { mayChangeProfile, useOwnProfile } from '../api/profile';
import { Details } from './Details';
import { Picture } from './Picture';

/** Who one is here. */
export function Profile({ user }: { user: User }) {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useOwnProfile(user);
  useTitle(t('profile.title'));
  return (
    <div className="flex flex-col gap-10">
      <h1 className="font-bold text-lead">{user.name}</h1>
      <Picture user={user} />
      {mayChangeProfile(user) && isPending && (
        <Skeleton label={t('account.loading')} lines={['h-12 w-full', 'h-12 w-11/12', 'h-12 w-2/3']} />
      )}
      {mayChangeProfile(user) && error && !data && (
        <ProblemPage category={Problem.from(error).category} onRetry={() => void refetch()} home={false} />
      )}
      {data && <Details user={user} profile={data} />}
      <Facts user={user} />
    </div>
  );
}

/** What is so, and is changed elsewhere. */
function Facts({ user }: { user: User }) {
  const { t } = useTranslation();
  const facts = [
    [t('profile.email'), user.email],
    [t('profile.role'), t(`role.${user.role}`)],
    [t('profile.organization'), user.organizationName ?? t('profile.noOrganization')],
  ] as const;
  return (
    <section className="flex flex-col gap-4">
      <dl className="border-line border-t">
        {facts.map(([name, value]) => (
          <div key={name} className="grid gap-x-6 border-line border-b py-3 tablet:grid-cols-[13rem_1fr]">
            <dt className="text-ink-soft">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {!mayChangeProfile(user) && <p className="measure text-ink-soft">{t('profile.fixed')}</p>}
    </section>
  );
}
