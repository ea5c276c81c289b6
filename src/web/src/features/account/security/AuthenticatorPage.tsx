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
    <AppSetUp
      email={user.email}
      onDone={() => void done()}
      back={<TextLink to="/account/security">{t('action.back')}</TextLink>}
    />
  );
}
