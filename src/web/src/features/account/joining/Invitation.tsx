import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tokenFromAddress } from '../../../parts/fields';
import { ButtonLink, TextLink } from '../../../primitives/TextLink';
import { Door } from '../../shell';
import { acceptInvitation } from '../api/accounts';
import { NewPassword } from '../components/NewPassword';

/** Where the link of an invitation leads: who was added by an administrator chooses a password, and is in. */
export function Invitation() {
  const { t } = useTranslation();
  const [token] = useState(tokenFromAddress);
  const [done, setDone] = useState(false);
  if (done) {
    return (
      <Door title={t('invitation.doneTitle')} lead={t('invitation.done')}>
        <ButtonLink to="/">{t('signIn.submit')}</ButtonLink>
      </Door>
    );
  }
  return (
    <Door title={t('invitation.title')} lead={t('invitation.lead')}>
      <NewPassword
        submit={t('invitation.submit')}
        busy={t('register.busy')}
        spent={t('invitation.spent')}
        act={(password) => acceptInvitation(token, password)}
        onDone={() => setDone(true)}
      >
        <TextLink to="/">{t('action.toSignIn')}</TextLink>
      </NewPassword>
    </Door>
  );
}
