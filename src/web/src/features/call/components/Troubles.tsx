import { useTranslation } from 'react-i18next';
import { Button } from '../../../primitives/Button';
import type { CallSession } from '../model/callSession';
import type { CallState } from '../model/callState';

/** What is not as it should be, in words and in one place, with what one can do about it. The live region says it aloud. */
export function Troubles({ session, state, onWrite }: { session: CallSession; state: CallState; onWrite(): void }) {
  const { t } = useTranslation();
  const { media, step, phase } = state;
  const { microphone, camera } = media.faults;
  return (
    <>
      {phase === 'lost' && <Line>{t('call.lineLost')}</Line>}
      {step !== 'good' && (
        <Line act={step === 'text' ? { label: t('call.writeNow'), run: onWrite } : undefined}>
          {t(`call.mine.${step}`)}
        </Line>
      )}
      {microphone && <Line alert>{t(`call.fault.microphone.${microphone}`)}</Line>}
      {camera && <Line alert>{t(`call.fault.camera.${camera}`)}</Line>}
      {media.screen && <Line act={{ label: t('call.stopSharing'), run: session.unshare }}>{t('call.sharing')}</Line>}
    </>
  );
}

interface LineProps {
  alert?: boolean;
  act?: { label: string; run(): void } | undefined;
  children: string;
}

function Line({ alert, act, children }: LineProps) {
  return (
    <div
      role={alert ? 'alert' : undefined}
      className="flex flex-wrap items-center justify-center gap-x-4 bg-waiting-soft px-4 py-2 text-center text-waiting"
    >
      <span>{children}</span>
      {act && (
        <Button look="plain" onPress={act.run}>
          {act.label}
        </Button>
      )}
    </div>
  );
}
