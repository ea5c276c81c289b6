import { MicOff } from 'lucide-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../../primitives/Avatar';
import type { CallMember } from '../../../realtime/events';
import { useSource } from '../hooks/useElement';
import type { PeerState } from '../model/callState';

interface TileProps {
  member: CallMember;
  peer: PeerState | undefined;
  /** Alone on the stage: the words may be large. */
  alone: boolean;
}

/** One other person: the picture where there is one, else who it is and why there is none, in words. */
export function Tile({ member, peer, alone }: TileProps) {
  const { t } = useTranslation();
  const { name, camera, screen, quality, present, microphone } = member;
  const connected = peer?.link === 'connected' || peer?.link === 'interrupted';
  const paused = quality === 'paused' || quality === 'audio' || quality === 'text';
  const hasPicture = connected && (camera || screen) && !paused;
  const why = words();
  return (
    <figure className="relative grid min-h-0 min-w-0 place-items-center overflow-hidden rounded-outer bg-sheet">
      {hasPicture && peer && (
        <Picture
          tracks={peer.stream.getVideoTracks()}
          label={t(screen ? 'call.screenOf' : 'call.pictureOf', { name })}
          large={alone}
        />
      )}
      {!hasPicture && (
        <div className="flex flex-col items-center gap-3 px-4 text-center lowest:gap-0">
          <span className="lowest:hidden">
            <Avatar name={name} size={alone ? 'large' : 'middle'} />
          </span>
          <span className={`font-bold ${alone ? 'text-title' : 'text-large'}`}>{name}</span>
          {why && <span className="text-ink-soft">{why}</span>}
        </div>
      )}
      {hasPicture && peer?.link === 'interrupted' && (
        <span className="absolute rounded-outer bg-veil px-4 py-2 font-semibold">{t('call.interrupted')}</span>
      )}
      {(hasPicture || !microphone) && (
        <figcaption className="absolute bottom-2 left-2 flex max-w-[70%] items-center gap-1.5 rounded-inner bg-well px-2 py-0.5 text-small">
          {!microphone && <MicOff aria-hidden="true" className="size-4 shrink-0 text-urgent" />}
          <span className="truncate">{microphone ? name : `${name}, ${t('call.muted')}`}</span>
        </figcaption>
      )}
    </figure>
  );

  function words() {
    if (peer?.link === 'interrupted') return t('call.interrupted');
    if (!connected) return t(present ? 'call.connecting' : 'call.away');
    if (paused) return t(`call.theirs.${quality}`, { name });
    return t('call.cameraOff');
  }
}

function Picture({ tracks, label, large }: { tracks: readonly MediaStreamTrack[]; label: string; large: boolean }) {
  const element: RefObject<HTMLVideoElement | null> = useSource<HTMLVideoElement>(tracks);
  return (
    <video
      ref={element}
      autoPlay
      playsInline
      muted
      aria-label={label}
      data-large={large || undefined}
      className="absolute inset-0 size-full object-contain"
    />
  );
}
