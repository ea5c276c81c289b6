import { KeyRound, Smartphone } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { User } from '../../../api/session';
import { hasPasskeys } from '../../../api/webauthn';
import { useTitle } from '../../../hooks/useTitle';
import { Button } from '../../../primitives/Button';
import { session } from '../../../session';
import { AppSetUp } from './AppSetUp';
import { NewPasskey } from './NewPasskey';

/** All there is for who must have a second step and has none: one question, two ways to answer it. */
export function ForcedSetUp({ user }: { user: User }) {
  const { t } = useTranslation();
  const [way, setWay] = useState<'none' | 'app' | 'passkey'>('none');
  useTitle(t('setup2.title'));
  // With a factor in place the next token opens everything.
  const open = () => void session.reload();

  if (way === 'app') {
    const back = (
      <Button look="plain" onPress={() => setWay('none')}>
        {t('action.back')}
      </Button>
    );
    return <AppSetUp email={user.email} onDone={open} back={back} />;
  }
  return (
    <div className="flex flex-col gap-8">
      <div className="measure flex flex-col gap-2">
        <h1 className="font-bold text-display tracking-tight">{t('setup2.title')}</h1>
        <p className="text-ink-soft text-large">{t('setup2.forced')}</p>
      </div>
      <ul className="measure border-line border-t">
        <Way
          sign={<Smartphone aria-hidden="true" className="size-6" />}
          title={t('setup2.app')}
          text={t('setup2.appText')}
        >
          <Button onPress={() => setWay('app')}>{t('factor.setUp')}</Button>
        </Way>
        <Way
          sign={<KeyRound aria-hidden="true" className="size-6" />}
          title={t('setup2.passkey')}
          text={t(hasPasskeys() ? 'setup2.passkeyText' : 'setup2.passkeyMissing')}
        >
          {hasPasskeys() && (
            <Button look="quiet" onPress={() => setWay('passkey')}>
              {t('passkeys.add')}
            </Button>
          )}
        </Way>
      </ul>
      {way === 'passkey' && <NewPasskey onDone={open} onClose={() => setWay('none')} />}
    </div>
  );
}

function Way({ sign, title, text, children }: { sign: ReactNode; title: string; text: string; children: ReactNode }) {
  return (
    <li className="flex gap-4 border-line border-b py-5">
      <span className="mt-0.5 text-brand">{sign}</span>
      <div className="flex flex-col items-start gap-3">
        <div className="flex flex-col">
          <h2 className="font-semibold text-large">{title}</h2>
          <p className="text-ink-soft">{text}</p>
        </div>
        {children}
      </div>
    </li>
  );
}
