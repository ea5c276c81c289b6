import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../primitives/Button';
import type { CallSession } from '../model/callSession';
import { type CallState, otherMembers } from '../model/callState';

/** Milliseconds after which a way that has not been found is worth a word. */
const slow = 8_000;

/** What is not as it should be, in words and in one place, with what one can do about it. The live region says it aloud. */
export function Troubles({ session, state, onWrite }: { session: CallSession; state: CallState; onWrite(): void }) {
  const { t } = useTranslation();
  const { media, step, phase } = state;
  const { microphone, camera } = media.faults;
  const seeking =
    otherMembers(state).some(({ present }) => present) &&
    ![...state.peers.values()].some(({ link }) => link !== 'connecting');
  const isSlow = useSlow(seeking);
  const write = { label: t('call.writeNow'), run: onWrite };
  return (
    <>
      {seeking && state.refused && (
        <Line alert act={write}>
          {t('call.refused')}
        </Line>
      )}
      {seeking && isSlow && !state.refused && (
        <Line alert act={write}>
          {t('call.slow')}
        </Line>
      )}
      {phase === 'lost' && <Line>{t('call.lineLost')}</Line>}
      {step !== 'good' && <Line act={step === 'text' ? write : undefined}>{t(`call.mine.${step}`)}</Line>}
      {microphone && <Line alert>{t(`call.fault.microphone.${microphone}`)}</Line>}
      {camera && <Line alert>{t(`call.fault.camera.${camera}`)}</Line>}
      {media.screen && <Line act={{ label: t('call.stopSharing'), run: session.unshare }}>{t('call.sharing')}</Line>}
    </>
  );
}

/** Whether it has been so for long. */
function useSlow(is: boolean): boolean {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    if (!is) return;
    const timer = setTimeout(() => setSlow(true), slow);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [is]);
  return isSlow;
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
