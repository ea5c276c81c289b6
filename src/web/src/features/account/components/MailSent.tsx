import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../hooks/useAct';
import { Refused } from '../../../parts/Refused';
import { Button } from '../../../primitives/Button';
import { Notice } from '../../../primitives/Notice';
import { TextLink } from '../../../primitives/TextLink';
import { Door } from '../../shell';

interface MailSentProps {
  title: string;
  text: string;
  again(): Promise<unknown>;
  onOther(): void;
}

/** What comes next is in a mailbox: says so, and what to do when it is not there. */
export function MailSent({ title, text, again, onOther }: MailSentProps) {
  const { t } = useTranslation();
  const { busy, problem, run } = useAct();
  const [sentAgain, setSentAgain] = useState(false);
  return (
    <Door title={title} lead={text}>
      <div className="flex flex-col gap-4">
        <Refused problem={problem} />
        {sentAgain && <Notice tone="done">{t('register.againDone')}</Notice>}
        <Button
          look="quiet"
          busy={busy && t('register.againBusy')}
          onPress={async () => setSentAgain(await run(again))}
        >
          {t('register.again')}
        </Button>
        <div className="flex flex-wrap gap-x-6">
          <Button look="plain" onPress={onOther}>
            {t('register.other')}
          </Button>
          <TextLink to="/">{t('action.toSignIn')}</TextLink>
        </div>
      </div>
    </Door>
  );
}
