import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tokenFromAddress } from '../../../parts/fields';
import { ButtonLink, TextLink } from '../../../primitives/TextLink';
import { Door } from '../../shell';
import { resetPassword } from '../api/accounts';
import { NewPassword } from '../components/NewPassword';

/** Where the link of a forgotten password leads. */
export function ResetPassword() {
  const { t } = useTranslation();
  const [token] = useState(tokenFromAddress);
  const [done, setDone] = useState(false);
  if (done) {
    return (
      <Door title={t('reset.doneTitle')} lead={t('reset.done')}>
        <ButtonLink to="/">{t('signIn.submit')}</ButtonLink>
      </Door>
    );
  }
  return (
    <Door title={t('reset.title')} lead={t('reset.lead')}>
      <NewPassword
        submit={t('reset.submit')}
        busy={t('reset.busy')}
        spent={t('reset.spent')}
        act={(password) => resetPassword(token, password)}
        onDone={() => setDone(true)}
      >
        <TextLink to="/forgot-password">{t('reset.again')}</TextLink>
      </NewPassword>
    </Door>
  );
}
