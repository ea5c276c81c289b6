import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../../api/http';
import { useAct } from '../../hooks/useAct';
import { Button } from '../../primitives/Button';
import { Notice } from '../../primitives/Notice';
import { useProblemWords } from '../shell';

/** For who knows the password but never opened the first e-mail. */
export function Resend({ email }: { email: string }) {
  const { t } = useTranslation();
  const wordsFor = useProblemWords();
  const { busy, problem, run } = useAct();
  const [sent, setSent] = useState(false);
  const resend = () => send('/api/auth/resend-verification', { method: 'POST', body: { email } });
  if (sent) return <Notice tone="done">{t('signIn.resent')}</Notice>;
  return (
    <>
      {problem && (
        <Notice tone="urgent" alert>
          {wordsFor(problem)}
        </Notice>
      )}
      <Button look="quiet" busy={busy && t('signIn.resending')} onPress={async () => setSent(await run(resend))}>
        {t('signIn.resend')}
      </Button>
    </>
  );
}
