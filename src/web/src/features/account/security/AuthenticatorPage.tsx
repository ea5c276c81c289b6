import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { queryKeys } from '../../../api/queryKeys';
import type { User } from '../../../api/session';
import { useTitle } from '../../../hooks/useTitle';
import { TextLink } from '../../../primitives/TextLink';
import { session } from '../../../session';
import { AppSetUp } from '../second-factor/AppSetUp';

/** Setting up the app, undisturbed by anything else. */
export function AuthenticatorPage({ user }: { user: User }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  useTitle(t('setup2.app'));

  async function done() {
    await session.reload();
    await queries.invalidateQueries({ queryKey: queryKeys.secondFactor });
    await navigate('/account/security');
  }

  return (
    <div className="flex flex-col gap-8">
      <div className="measure flex flex-col gap-2">
        <h1 className="font-bold text-lead">{t('setup2.app')}</h1>
        <p className="text-ink-soft text-large">{t('setup2.appText')}</p>
      </div>
      <AppSetUp email={user.email} onDone={() => void done()} />
      <div>
        <TextLink to="/account/security">{t('action.back')}</TextLink>
      </div>
    </div>
  );
}
