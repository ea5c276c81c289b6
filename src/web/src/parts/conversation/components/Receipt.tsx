import { Check, CheckCheck, Clock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { clock } from '../../../i18n/time';
import type { Message } from '../../../realtime/events';

/** How far one's own message has come, in one word. */
export function receiptKey({ readAt, deliveredAt }: Message) {
  if (readAt) return 'message.read';
  return deliveredAt ? 'message.delivered' : 'message.sent';
}

/** How far one's own message has come, as words and as a sign. */
export function Receipt({ message }: { message: Message }) {
  const { t } = useTranslation();
  if (message.readAt) {
    return (
      <Words
        sign={<CheckCheck aria-hidden="true" className="size-4 text-brand" />}
      >{`${t('message.read')} ${clock(message.readAt)}`}</Words>
    );
  }
  if (message.deliveredAt)
    return <Words sign={<CheckCheck aria-hidden="true" className="size-4" />}>{t('message.delivered')}</Words>;
  return <Words sign={<Check aria-hidden="true" className="size-4" />}>{t('message.sent')}</Words>;
}

export function OnItsWay({ online }: { online: boolean }) {
  const { t } = useTranslation();
  return (
    <Words sign={<Clock aria-hidden="true" className="size-4" />}>
      {t(online ? 'message.sending' : 'message.waiting')}
    </Words>
  );
}

function Words({ sign, children }: { sign: React.ReactNode; children: string }) {
  return (
    <span className="flex items-center gap-1 text-ink-soft text-small">
      {children}
      {sign}
    </span>
  );
}
