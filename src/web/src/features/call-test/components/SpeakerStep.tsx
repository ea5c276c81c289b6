import { Volume2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chime } from '../../../parts/chime';
import { Button } from '../../../primitives/Button';
import { Notice } from '../../../primitives/Notice';
import type { SpeakerOutcome } from '../model/results';
import { Step } from './Step';

interface SpeakerStepProps {
  number: number;
  count: number;
  onDone(outcome: SpeakerOutcome): void;
}

/** No program can know what comes out of a speaker: it plays two notes, and asks. */
export function SpeakerStep({ number, count, onDone }: SpeakerStepProps) {
  const { t } = useTranslation();
  const [played, setPlayed] = useState(false);
  const [silent, setSilent] = useState(false);
  function play() {
    chime();
    setPlayed(true);
  }
  return (
    <Step number={number} count={count} title={t('test.speaker')} text={t('test.speakerText')}>
      <div>
        <Button look={played ? 'quiet' : 'primary'} onPress={play}>
          <Volume2 aria-hidden="true" className="size-5" />
          {t(played ? 'test.playAgain' : 'test.play')}
        </Button>
      </div>
      {silent && (
        <Notice tone="waiting" alert>
          {t('test.speakerHelp')}
        </Notice>
      )}
      {played && (
        <fieldset className="flex flex-col gap-3">
          <legend className="font-semibold text-title">{t('test.speakerQuestion')}</legend>
          <div className="mt-3 flex flex-wrap gap-3">
            <Button onPress={() => onDone('ok')}>{t('test.yes')}</Button>
            <Button look="quiet" onPress={() => (silent ? onDone('silent') : setSilent(true))}>
              {t(silent ? 'test.stillNo' : 'test.no')}
            </Button>
          </div>
        </fieldset>
      )}
      {!played && (
        <div>
          <Button look="plain" onPress={() => onDone('skipped')}>
            {t('test.skip')}
          </Button>
        </div>
      )}
    </Step>
  );
}
