import { BellRing } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../hooks/useAct';
import { currentLanguage } from '../../../i18n';
import { Button } from '../../../primitives/Button';
import { session } from '../../../session';
import { pushedTo, pushSupport, startPushes, stopPushes } from '../../../storage/pushes';

/** Whether this browser is told of messages while nobody looks at it. What that means is said before the browser asks. */
export function ThisDevice({ userId }: { userId: string }) {
  const { t } = useTranslation();
  const { busy, problem, run } = useAct();
  const [on, setOn] = useState(() => pushedTo() === userId && permission() === 'granted');
  const [refused, setRefused] = useState(() => permission() === 'denied');
  const support = pushSupport();
  if (support !== 'yes')
    return <p className="text-ink-soft">{t(support === 'install' ? 'push.install' : 'push.unsupported')}</p>;

  const start = () =>
    run(async () => {
      const started = await startPushes(session, userId, currentLanguage());
      setOn(started);
      setRefused(!started && permission() === 'denied');
    });
  const stop = () =>
    run(async () => {
      await stopPushes(session);
      setOn(false);
    });

  return (
    <div className="measure flex flex-col items-start gap-3">
      <p role="status" className={on ? 'flex items-center gap-2 font-semibold text-done' : 'text-ink-soft'}>
        {on && <BellRing aria-hidden="true" className="size-5 shrink-0" />}
        {t(on ? 'push.on' : refused ? 'push.denied' : 'push.off')}
      </p>
      {on ? (
        <Button look="quiet" busy={busy && t('push.stopping')} onPress={() => void stop()}>
          {t('push.stop')}
        </Button>
      ) : (
        <>
          {!refused && <p>{t('push.explained')}</p>}
          <Button look={refused ? 'quiet' : 'primary'} busy={busy && t('push.starting')} onPress={() => void start()}>
            {t(refused ? 'action.retry' : 'push.start')}
          </Button>
        </>
      )}
      {problem && (
        <p role="alert" className="text-urgent">
          {t('push.failed')}
        </p>
      )}
    </div>
  );
}

const permission = () => ('Notification' in window ? Notification.permission : 'denied');
