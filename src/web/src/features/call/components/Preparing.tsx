import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../primitives/Button';
import { Veil } from '../../../primitives/Question';
import type { Call } from '../../../realtime/events';

interface PreparingProps {
  media: Call['media'];
  onGo(media: Call['media']): void;
  onClose(): void;
}

/** Says what the browser is about to ask, and why, before it does: who is asked unprepared says no. */
export function Preparing({ media, onGo, onClose }: PreparingProps) {
  const { t } = useTranslation();
  const video = media === 'video';
  return (
    <Veil onClose={onClose}>
      <Dialog className="flex flex-col gap-4 outline-none">
        <Heading slot="title" className="font-bold text-title">
          {t('call.prepareTitle')}
        </Heading>
        <p>{t(video ? 'call.prepareVideo' : 'call.prepareAudio')}</p>
        <p className="text-ink-soft">{t('call.noRecording')}</p>
        <div className="mt-2 flex flex-wrap-reverse justify-end gap-3">
          {video && (
            <Button look="quiet" onPress={() => onGo('audio')}>
              {t('call.withoutCamera')}
            </Button>
          )}
          <Button autoFocus onPress={() => onGo(media)}>
            {t('call.continue')}
          </Button>
        </div>
      </Dialog>
    </Veil>
  );
}
