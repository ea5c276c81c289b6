import { type ReactNode, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTitle } from '../../hooks/useTitle';
import { askForEntry, keepOutcome, type Request } from './api/callTest';
import { DevicesStep } from './components/DevicesStep';
import { Intro } from './components/Intro';
import { NetworkStep } from './components/NetworkStep';
import { Outcome } from './components/Outcome';
import { SpeakerStep } from './components/SpeakerStep';
import { useDevices } from './hooks/useDevices';
import { nothingMeasured, type TestOutcome, type Verdict } from './model/results';
import type { Measured } from './network/measure';

interface CallTestProps {
  visit: string;
  request: Request;
  /** Whether the visit has a picture. */
  camera: boolean;
  /** The way back to the visit. */
  back: ReactNode;
}

type Stop = 'intro' | 'devices' | 'speaker' | 'network' | 'outcome';

/** Steps with a number. */
const count = 3;

const untried: TestOutcome = {
  camera: 'skipped',
  microphone: 'skipped',
  speaker: 'skipped',
  network: nothingMeasured,
};

/** The test before a visit: picture and microphone, speaker, network, and what it comes to. One thing at a time. */
export function CallTest({ visit, request, camera, back }: CallTestProps) {
  const { t } = useTranslation();
  const [stop, setStop] = useState<Stop>('intro');
  const [outcome, setOutcome] = useState(untried);
  const [refused, setRefused] = useState(false);
  const devices = useDevices(camera);
  useTitle(t('test.title'));

  const ask = useCallback((signal: AbortSignal) => askForEntry(request, visit, signal), [request, visit]);
  const keep = useCallback(
    (whole: TestOutcome & { verdict: Verdict }) => keepOutcome(request, visit, whole),
    [request, visit],
  );
  const onMeasured = useCallback((measured: Measured | null) => {
    if (measured) {
      setOutcome((before) => ({ ...before, network: measured.network }));
      setRefused(measured.refused);
    }
    setStop('outcome');
  }, []);

  if (stop === 'devices' && devices.opened)
    return (
      <DevicesStep
        camera={camera}
        opened={devices.opened}
        asking={devices.asking}
        number={1}
        count={count}
        onAgain={() => void devices.open()}
        onDone={(found) => {
          devices.close();
          setOutcome({ ...untried, ...found });
          setStop('speaker');
        }}
      />
    );
  if (stop === 'speaker')
    return (
      <SpeakerStep
        number={2}
        count={count}
        onDone={(speaker) => {
          setOutcome({ ...outcome, speaker });
          setStop('network');
        }}
      />
    );
  if (stop === 'network') return <NetworkStep number={3} count={count} ask={ask} onDone={onMeasured} />;
  if (stop === 'outcome')
    return (
      <Outcome outcome={outcome} refused={refused} camera={camera} keep={keep} onAgain={() => setStop('intro')}>
        {back}
      </Outcome>
    );
  return (
    <Intro
      camera={camera}
      count={count}
      asking={devices.asking}
      onStart={() => void devices.open().then(() => setStop('devices'))}
    />
  );
}
