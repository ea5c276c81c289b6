import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../../api/queryKeys';
import type { User } from '../../../api/session';
import { Loaded } from '../../../parts/Loaded';
import { Button } from '../../../primitives/Button';
import { Veil } from '../../../primitives/Question';
import { ButtonLink } from '../../../primitives/TextLink';
import { session } from '../../../session';
import { newRecoveryCodes, type SecondFactorState, turnAppOff, useSecondFactor } from '../api/secondFactor';
import { RecoveryCodes } from '../second-factor/RecoveryCodes';
import { PasswordAndCode } from './PasswordAndCode';
import { Section } from './Section';

/** The app with the six digits, and the codes for the day it is lost. */
export function Authenticator({ user }: { user: User }) {
  const { t } = useTranslation();
  const state = useSecondFactor();
  return (
    <Section title={t('factor.title')}>
      <Loaded query={state} lines={['h-6 w-3/4', 'h-11 w-40']}>
        {(factor) => (factor.totp ? <On user={user} factor={factor} /> : <Off />)}
      </Loaded>
    </Section>
  );
}

function Off() {
  const { t } = useTranslation();
  return (
    <>
      <p>{t('factor.off')}</p>
      <ButtonLink to="/account/security/authenticator">{t('factor.setUp')}</ButtonLink>
    </>
  );
}

function On({ user, factor: { recoveryCodesLeft, required, passkeys } }: { user: User; factor: SecondFactorState }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<'none' | 'off' | 'codes'>('none');
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const close = () => setAsked('none');
  const refresh = () => void queries.invalidateQueries({ queryKey: queryKeys.secondFactor });

  async function turnOff(password: string, code: string) {
    await turnAppOff(password, code);
    await session.reload();
    refresh();
  }

  async function renewCodes(password: string, code: string) {
    setCodes(await newRecoveryCodes(password, code));
    refresh();
  }

  return (
    <>
      <p className="font-semibold text-done">{t('factor.on')}</p>
      <p className={recoveryCodesLeft < 3 ? 'text-waiting' : 'text-ink-soft'}>
        {t('factor.codesLeft', { count: recoveryCodesLeft })}
      </p>
      <div className="flex flex-wrap gap-x-5 gap-y-2">
        <Button look="quiet" onPress={() => setAsked('codes')}>
          {t('factor.newCodes')}
        </Button>
        {(!required || passkeys > 0) && (
          <Button look="plain" onPress={() => setAsked('off')}>
            {t('factor.turnOff')}
          </Button>
        )}
      </div>
      {required && passkeys === 0 && <p className="text-ink-soft text-small">{t('factor.mandatory')}</p>}
      {asked === 'off' && (
        <PasswordAndCode
          danger
          title={t('factor.turnOffTitle')}
          text={t('factor.turnOffText')}
          submit={t('factor.turnOff')}
          busy={t('factor.turningOff')}
          act={turnOff}
          onClose={close}
        />
      )}
      {asked === 'codes' && (
        <PasswordAndCode
          title={t('factor.newCodesTitle')}
          text={t('factor.newCodesText')}
          submit={t('factor.newCodes')}
          busy={t('factor.makingCodes')}
          act={renewCodes}
          onClose={close}
        />
      )}
      {codes && (
        <Veil onClose={() => undefined}>
          <Dialog aria-label={t('codes.title')} className="outline-none">
            <RecoveryCodes codes={codes} email={user.email} onKept={() => setCodes(null)} />
          </Dialog>
        </Veil>
      )}
    </>
  );
}
