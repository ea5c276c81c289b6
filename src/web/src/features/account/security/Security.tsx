import { useTranslation } from 'react-i18next';
import type { User } from '../../../api/session';
import { useTitle } from '../../../hooks/useTitle';
import { Authenticator } from './Authenticator';
import { Devices } from './Devices';
import { Passkeys } from './Passkeys';
import { Password } from './Password';

/** The locks on an account. */
export function Security({ user }: { user: User }) {
  const { t } = useTranslation();
  useTitle(t('security.title'));
  return (
    <div className="flex flex-col gap-10">
      <div className="measure flex flex-col gap-2">
        <h1 className="font-bold text-lead">{t('security.title')}</h1>
        <p className="text-ink-soft text-large">{t('security.lead')}</p>
      </div>
      <Authenticator user={user} />
      <Passkeys />
      <Password />
      <Devices />
    </div>
  );
}
