import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../../hooks/useNow';
import { asClock } from '../../../parts/length';
import { Avatar } from '../../../primitives/Avatar';
import { Button } from '../../../primitives/Button';
import { useCallActs } from '../hooks/useCallActs';
import { useWakeLock } from '../hooks/useWakeLock';
import type { CallSession } from '../model/callSession';
import { type CallState, otherMembers } from '../model/callState';
import { CallWords } from './CallWords';
import { Controls } from './Controls';
import { MoreDialog } from './MoreDialog';
import { SelfView } from './SelfView';
import { Sound } from './Sound';
import { Tile } from './Tile';
import { Troubles } from './Troubles';

export interface StageProps {
  session: CallSession;
  state: CallState;
  /** Whom one calls, as one addresses them. */
  otherName: string;
  talking: boolean;
  unseen: number;
  onTalking(talking: boolean): void;
}

/** The call: the others large, oneself small, and what one can do below. It is dark around pictures in every theme. */
export function Stage({ session, state, otherName, talking, unseen, onTalking }: StageProps) {
  const { t } = useTranslation();
  const [more, setMore] = useState(false);
  const [held, setHeld] = useState(false);
  const stage = useRef<HTMLElement>(null);
  const acts = useCallActs(session, {
    talk: useCallback(() => onTalking(!talking), [onTalking, talking]),
    more: useCallback(() => setMore(true), []),
  });
  useWakeLock();
  // The button that began the call is gone; the keys of the call want the focus here.
  useEffect(() => stage.current?.focus({ preventScroll: true }), []);
  const others = otherMembers(state);
  const { camera, screen } = state.media;
  const own = screen ?? camera;
  const columns = others.length > 1 ? 'tablet:grid-cols-2' : '';
  return (
    <section
      ref={stage}
      tabIndex={-1}
      aria-label={t('call.stage')}
      onKeyDown={acts.onKeyDown}
      className="stage flex min-h-0 min-w-0 flex-1 flex-col bg-well text-ink outline-none"
    >
      <Troubles session={session} state={state} onWrite={() => onTalking(true)} />
      {held && (
        <div className="flex flex-wrap items-center justify-center gap-3 px-4 pt-3">
          <span>{t('call.hearTitle')}</span>
          <Button
            onPress={() => {
              for (const sound of stage.current?.querySelectorAll('audio') ?? []) void sound.play();
              setHeld(false);
            }}
          >
            {t('call.hear')}
          </Button>
        </div>
      )}
      <div className="relative flex min-h-0 flex-1 p-2 [container-type:size]">
        {others.length === 0 ? (
          <Waiting state={state} name={otherName} />
        ) : (
          <div className={`grid min-h-0 flex-1 auto-rows-fr gap-2 ${columns}`}>
            {others.map((member) => (
              <Tile
                key={member.peerId}
                member={member}
                peer={state.peers.get(member.peerId)}
                alone={others.length === 1}
              />
            ))}
          </div>
        )}
        {own && <SelfView track={own} mirrored={!screen} />}
        <Elapsed since={state.call?.connectedAt ?? null} />
      </div>
      {[...state.peers].map(([id, { stream }]) => (
        <Sound key={id} stream={stream} speaker={state.media.chosen.speaker} onHeld={() => setHeld(true)} />
      ))}
      <Controls state={state} acts={acts} talking={talking} unseen={unseen} />
      <CallWords state={state} />
      {more && <MoreDialog session={session} state={state} acts={acts} onClose={() => setMore(false)} />}
    </section>
  );
}

function Waiting({ state, name }: { state: CallState; name: string }) {
  const { t } = useTranslation();
  const entering = state.phase === 'entering';
  return (
    <div className="grid min-h-0 flex-1 place-items-center overflow-hidden rounded-outer bg-sheet">
      <div className="flex flex-col items-center gap-3 px-4 text-center low:max-w-[70%] low:items-start low:gap-1 low:justify-self-start low:text-start">
        <span className={`lowest:hidden ${entering ? '' : 'breathing'}`}>
          <Avatar name={name} size="large" />
        </span>
        <p className="font-bold text-title lowest:text-large">
          {entering ? t('call.entering') : t('call.calling', { name })}
        </p>
        {!entering && <p className="text-ink-soft">{t('call.callingText')}</p>}
        <p className="text-ink-soft text-small lowest:hidden">{t('call.noRecording')}</p>
      </div>
    </div>
  );
}

/** How long it lasts, since the server has known both to be connected. */
function Elapsed({ since }: { since: string | null }) {
  const now = useNow(1_000);
  if (!since) return null;
  return (
    <time className="absolute top-4 left-4 rounded-inner bg-well px-2 py-0.5 text-small">
      {asClock((now - Date.parse(since)) / 1_000)}
    </time>
  );
}
