import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OwnPicture } from '../../../parts/self/OwnPicture';
import { VoiceLevel } from '../../../parts/self/VoiceLevel';
import { Button } from '../../../primitives/Button';
import { Notice } from '../../../primitives/Notice';
import type { Opened } from '../model/devices';
import type { TestOutcome } from '../model/results';
import { Step } from './Step';

interface DevicesStepProps {
  camera: boolean;
  opened: Opened;
  asking: boolean;
  number: number;
  count: number;
  onAgain(): void;
  onDone(outcome: Pick<TestOutcome, 'camera' | 'microphone'>): void;
}

/** Whether one sees oneself, and is heard. */
export function DevicesStep({ camera, opened, asking, number, count, onAgain, onDone }: DevicesStepProps) {
  const { t } = useTranslation();
  const [heard, setHeard] = useState(false);
  const onHeard = useCallback(() => setHeard(true), []);
  const { stream } = opened;
  const faults = (['camera', 'microphone'] as const).flatMap((device) => {
    const outcome = opened[device];
    return outcome === 'ok' || outcome === 'skipped' ? [] : [{ device, outcome }];
  });
  return (
    <Step
      number={number}
      count={count}
      title={t(camera ? 'test.devices' : 'test.devicesAudio')}
      text={t(camera ? 'test.devicesText' : 'test.devicesTextAudio')}
    >
      {faults.map(({ device, outcome }) => (
        <Notice key={device} tone="waiting" alert>
          <p className="font-semibold">{t(`test.${device}.${outcome}`)}</p>
          <p>{t(`test.advice.${outcome}`)}</p>
        </Notice>
      ))}
      {stream && (
        <div key={stream.id} className="flex flex-col gap-5">
          {stream.getVideoTracks().length > 0 && (
            <div className="max-w-lg">
              <OwnPicture stream={stream} label={t('test.yourself')} />
            </div>
          )}
          {stream.getAudioTracks().length > 0 && (
            <VoiceLevel stream={stream} words={{ speak: t('test.speak'), heard: t('test.heard') }} onHeard={onHeard} />
          )}
        </div>
      )}
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
        <Button
          onPress={() =>
            onDone({
              camera: opened.camera,
              // Open, and nobody heard: not known to work.
              microphone: opened.microphone === 'ok' && !heard ? 'skipped' : opened.microphone,
            })
          }
        >
          {t(faults.length === 0 && heard ? 'test.next' : 'test.nextAnyway')}
        </Button>
        {faults.length > 0 && (
          <Button look="quiet" busy={asking && t('test.permission.asking')} onPress={onAgain}>
            {t('action.retry')}
          </Button>
        )}
      </div>
      {opened.microphone === 'ok' && !heard && <p className="measure text-ink-soft">{t('test.notHeard')}</p>}
    </Step>
  );
}
