import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Quiet } from '../../primitives/Quiet';
import { JitsiRoom } from './components/JitsiRoom';
import type { OtherRoomProps } from './model/entry';

const LiveKitRoom = lazy(async () => ({ default: (await import('./components/LiveKitRoom')).LiveKitRoom }));

/** The room of a visit that is held by a media server: LiveKit's drawn here, Jitsi's in a frame. */
export function OtherRoom(props: OtherRoomProps) {
  const { t } = useTranslation();
  if (props.entry.provider === 'jitsi') return <JitsiRoom {...props} />;
  return (
    <Suspense fallback={<Quiet words={t('rooms.entering')} />}>
      <LiveKitRoom {...props} />
    </Suspense>
  );
}
