import { Camera, Mic, Volume2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { chime } from '../../../parts/chime';
import { OwnPicture } from '../../../parts/self/OwnPicture';
import { VoiceLevel } from '../../../parts/self/VoiceLevel';
import { Button } from '../../../primitives/Button';
import { Notice } from '../../../primitives/Notice';
import { useDevices } from '../hooks/useDevices';

/** Oneself as the practitioner will see and hear one. Nothing leaves the device. */
export function DeviceCheck({ camera }: { camera: boolean }) {
  const { t } = useTranslation();
  const { devices, start, end } = useDevices(camera);
  return (
    <section aria-labelledby="devices" className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <h2 id="devices" className="font-bold text-title">
          {t(camera ? 'check.title' : 'check.titleAudio')}
        </h2>
        <p className="measure text-ink-soft">{t('check.text')}</p>
      </div>
      {devices.phase === 'fault' && (
        <Notice tone="waiting" alert>
          {t(`check.fault.${devices.fault}`)}
        </Notice>
      )}
      {devices.phase === 'on' ? (
        <Check stream={devices.stream} camera={devices.hasCamera} onEnd={end} />
      ) : (
        <div>
          <Button look="quiet" busy={devices.phase === 'asking' && t('check.asking')} onPress={() => void start()}>
            {camera && <Camera aria-hidden="true" className="size-4" />}
            {!camera && <Mic aria-hidden="true" className="size-4" />}
            {t(devices.phase === 'fault' ? 'action.retry' : 'check.start')}
          </Button>
        </div>
      )}
    </section>
  );
}

function Check({ stream, camera, onEnd }: { stream: MediaStream; camera: boolean; onEnd(): void }) {
  const { t } = useTranslation();
  return (
    <div className="fade-in grid items-start gap-5 tablet:grid-cols-[16rem_1fr]">
      {camera && <OwnPicture stream={stream} label={t('check.yourself')} />}
      <div className="flex flex-col gap-4">
        <VoiceLevel stream={stream} words={{ speak: t('check.speak'), heard: t('check.heard') }} narrow />
        <div className="flex flex-wrap gap-x-5">
          <Button look="plain" onPress={chime}>
            <Volume2 aria-hidden="true" className="size-4" />
            {t('check.sound')}
          </Button>
          <Button look="plain" onPress={onEnd}>
            {t('check.end')}
          </Button>
        </div>
        <p className="text-ink-soft text-small">{t('check.soundHelp')}</p>
      </div>
    </div>
  );
}
