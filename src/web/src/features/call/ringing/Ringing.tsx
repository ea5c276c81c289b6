import { Phone, PhoneOff, Video } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslation } from 'react-i18next';
import { useTitleOver } from '../../../hooks/useTitle';
import { chime } from '../../../parts/chime';
import { Avatar } from '../../../primitives/Avatar';
import { Button } from '../../../primitives/Button';
import type { Call } from '../../../realtime/events';
import { session } from '../../../session';
import { willAsk } from '../model/permission';
import { saveCallSettings } from './calls';

interface RingingProps {
  call: Call;
  silent: boolean;
  /** Whose account can say that calls are not to ring. */
  hasSettings: boolean;
  onAnswer(media: Call['media']): void;
  onDecline(): Promise<void>;
}

/** Milliseconds between two rings. */
const ringsEvery = 2_500;

export function Ringing(props: RingingProps) {
  const { t } = useTranslation();
  useTitleOver(t('ring.title', { name: props.call.callerName }));
  return props.silent ? <AtTheFoot {...props} /> : <OverThePage {...props} />;
}

/** Nothing else matters as long as it rings: it has the page, a sound, and three plain answers. */
function OverThePage({ call, hasSettings, onAnswer, onDecline }: RingingProps) {
  const { t } = useTranslation();
  const [asks, setAsks] = useState(false);
  const { busy, failed, decline } = useDecline(onDecline);
  const video = call.media === 'video';
  useEffect(() => {
    chime();
    const timer = setInterval(chime, ringsEvery);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => void willAsk(video).then(setAsks), [video]);
  return (
    <ModalOverlay isOpen isKeyboardDismissDisabled className="stage fixed inset-0 z-30 bg-paper text-ink">
      <Modal className="size-full overflow-auto outline-none">
        <Dialog
          role="alertdialog"
          className="mx-auto flex min-h-full max-w-md flex-col items-center justify-between gap-8 px-6 py-12 text-center outline-none short:max-w-3xl short:flex-row short:py-4"
        >
          <div className="my-auto flex flex-col items-center gap-4 short:flex-1 short:gap-2">
            <span className="breathing rounded-full ring-8 ring-brand-soft">
              <Avatar name={call.callerName} size="large" />
            </span>
            <Heading slot="title" className="mt-4 font-bold text-lead">
              {t('ring.title', { name: call.callerName })}
            </Heading>
            <p className="text-ink-soft text-large">{t(video ? 'ring.video' : 'ring.audio')}</p>
            {asks && <p className="text-ink-soft">{t('ring.permission')}</p>}
            {failed && (
              <p role="alert" className="text-urgent">
                {t('ring.failed')}
              </p>
            )}
          </div>
          <div className="flex w-full flex-col gap-3 short:flex-1 short:gap-2">
            {video && (
              <Button wide autoFocus onPress={() => onAnswer('video')}>
                <Video aria-hidden="true" className="size-5" />
                {t('call.answer')}
              </Button>
            )}
            <Button wide look={video ? 'quiet' : 'primary'} onPress={() => onAnswer('audio')}>
              <Phone aria-hidden="true" className="size-5" />
              {t('call.answerSound')}
            </Button>
            <Button wide look="danger" busy={busy && t('call.decline')} onPress={decline}>
              <PhoneOff aria-hidden="true" className="size-5" />
              {t('call.decline')}
            </Button>
            <p className="pt-2 text-ink-soft text-small short:pt-0">{t('call.noRecording')}</p>
            {hasSettings && (
              <div className="*:text-center">
                <Button
                  look="plain"
                  onPress={() =>
                    void saveCallSettings(session, { doNotDisturb: true })
                      .catch(() => undefined)
                      .then(decline)
                  }
                >
                  {t('ring.doNotDisturb')}
                </Button>
              </div>
            )}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** For who does not want to be disturbed, or talks already: to be seen, and not to be heard. */
function AtTheFoot({ call, onAnswer, onDecline }: RingingProps) {
  const { t } = useTranslation();
  const { busy, decline } = useDecline(onDecline);
  return (
    <section
      role="status"
      className="fade-in fixed inset-x-3 bottom-3 z-30 mx-auto flex max-w-xl flex-wrap items-center gap-3 rounded-outer border border-line bg-sheet p-4 shadow-float"
    >
      <p className="min-w-40 flex-1 font-semibold">{t('ring.title', { name: call.callerName })}</p>
      <Button onPress={() => onAnswer(call.media)}>
        {t(call.media === 'video' ? 'call.answer' : 'call.answerSound')}
      </Button>
      <Button look="quiet" busy={busy && t('call.decline')} onPress={decline}>
        {t('call.decline')}
      </Button>
    </section>
  );
}

function useDecline(onDecline: () => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const decline = () => {
    setBusy(true);
    setFailed(false);
    onDecline().catch(() => {
      setBusy(false);
      setFailed(true);
    });
  };
  return { busy, failed, decline };
}
