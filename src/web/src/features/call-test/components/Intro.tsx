import { useTranslation } from 'react-i18next';
import { Button } from '../../../primitives/Button';
import { Notice } from '../../../primitives/Notice';
import { usePermission } from '../hooks/useDevices';
import { Step } from './Step';

interface IntroProps {
  camera: boolean;
  count: number;
  asking: boolean;
  onStart(): void;
}

/** What comes, and what the browser will ask, before it asks. */
export function Intro({ camera, count, asking, onStart }: IntroProps) {
  const { t } = useTranslation();
  const [picture, sound] = [usePermission('camera'), usePermission('microphone')];
  const denied = sound === 'denied' || (camera && picture === 'denied');
  const granted = sound === 'granted' && (!camera || picture === 'granted');
  return (
    <Step number={0} count={count} title={t('test.title')} text={t(camera ? 'test.lead' : 'test.leadAudio')}>
      {denied ? (
        <Notice tone="waiting">{t(camera ? 'test.permission.denied' : 'test.permission.deniedAudio')}</Notice>
      ) : (
        !granted && (
          <div className="measure border-brand border-l-2 pl-4">
            <p className="font-semibold">{t('test.permission.title')}</p>
            <p>{t(camera ? 'test.permission.text' : 'test.permission.textAudio')}</p>
          </div>
        )
      )}
      <div>
        <Button busy={asking && t('test.permission.asking')} onPress={onStart}>
          {t('test.start')}
        </Button>
      </div>
      <p className="measure text-ink-soft text-small">{t('test.private')}</p>
    </Step>
  );
}
