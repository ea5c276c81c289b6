import { Mic, MicOff, MonitorUp, MonitorX, PhoneOff, Video, VideoOff } from 'lucide-react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../primitives/Button';
import { Notice } from '../../../primitives/Notice';
import type { OtherRoomProps } from '../model/entry';
import { type LiveKitSession, openLiveKit } from '../model/liveKit';
import { PersonTile } from './PersonTile';

/** A room of LiveKit's: those in it, oneself small, and what one can switch. */
export function LiveKitRoom({ entry, onLeave, nameOf, report }: OtherRoomProps) {
  const [session, setSession] = useState<LiveKitSession | null>(null);
  const { url, token } = entry;
  useEffect(() => {
    if (!url || !token) return;
    const opened = openLiveKit(url, token);
    setSession(opened);
    void opened.enter(true);
    return () => opened.leave();
  }, [url, token]);
  return session && <Inside session={session} onLeave={onLeave} nameOf={nameOf} report={report} />;
}

function Inside({
  session,
  onLeave,
  nameOf,
  report,
}: Pick<OtherRoomProps, 'onLeave' | 'nameOf' | 'report'> & { session: LiveKitSession }) {
  const { t } = useTranslation();
  const state = useSyncExternalStore(session.subscribe, session.getState);
  const { phase, people } = state;
  useTold(phase, onLeave, report);
  const others = people.filter(({ own }) => !own);
  const me = people.find(({ own }) => own);
  if (phase === 'failed')
    return (
      <div className="mx-auto flex w-full max-w-3xl flex-col items-start gap-4 px-5 py-6">
        <Notice tone="urgent" alert>
          {t('rooms.failed')}
        </Notice>
        <Button look="quiet" onPress={onLeave}>
          {t('rooms.back')}
        </Button>
      </div>
    );
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <p role="status" className="px-5 py-2 text-ink-soft text-small">
        {words()} {t('rooms.noRecording')}
      </p>
      {state.missing && (
        <div className="px-5 pb-2">
          <Notice tone="waiting">{t(`rooms.missing.${state.missing}`)}</Notice>
        </div>
      )}
      <div className="relative flex min-h-64 flex-1 flex-wrap gap-2 px-2">
        {others.map((person) => (
          <PersonTile key={person.id} person={person} name={nameOf?.(person.id) ?? t('rooms.somebody')} small={false} />
        ))}
        {me && <PersonTile person={me} name="" small={others.length > 0} />}
      </div>
      <div role="toolbar" aria-label={t('rooms.controls')} className="flex flex-wrap justify-center gap-2 px-3 py-3">
        <Button look="quiet" onPress={() => void session.turn('microphone', !state.microphone)}>
          {state.microphone ? <Mic aria-hidden="true" /> : <MicOff aria-hidden="true" />}
          {t(state.microphone ? 'rooms.mute' : 'rooms.unmute')}
        </Button>
        <Button look="quiet" onPress={() => void session.turn('camera', !state.camera)}>
          {state.camera ? <Video aria-hidden="true" /> : <VideoOff aria-hidden="true" />}
          {t(state.camera ? 'rooms.cameraOff' : 'rooms.cameraOn')}
        </Button>
        {'getDisplayMedia' in navigator.mediaDevices && (
          <Button look="quiet" onPress={() => void session.turn('screen', !state.screen)}>
            {state.screen ? <MonitorX aria-hidden="true" /> : <MonitorUp aria-hidden="true" />}
            {t(state.screen ? 'rooms.unshare' : 'rooms.share')}
          </Button>
        )}
        <Button
          look="danger"
          onPress={() => {
            session.leave();
            onLeave();
          }}
        >
          <PhoneOff aria-hidden="true" />
          {t('rooms.leave')}
        </Button>
      </div>
    </div>
  );

  function words() {
    if (phase === 'entering') return t('rooms.entering');
    if (phase === 'again') return t('rooms.again');
    return others.length === 0 ? t('rooms.alone') : t('rooms.in');
  }
}

/** Tells the record of coming and going, once each, and the page when the room is over. */
function useTold(phase: string, onLeave: () => void, report: OtherRoomProps['report']) {
  const latest = useRef({ onLeave, report });
  useEffect(() => {
    latest.current = { onLeave, report };
  });
  const isIn = phase === 'in' || phase === 'again';
  useEffect(() => {
    if (!isIn) return;
    latest.current.report?.('ROOM_JOINED');
    return () => latest.current.report?.('ROOM_LEFT');
  }, [isIn]);
  useEffect(() => {
    if (phase === 'over') latest.current.onLeave();
  }, [phase]);
}
