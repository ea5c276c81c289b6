import type { Track } from 'livekit-client';
import { MicOff } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../../primitives/Avatar';
import type { Person } from '../model/liveKit';

/** Somebody with their picture, or their name where there is none. */
export function PersonTile({ person, name, small }: { person: Person; name: string; small: boolean }) {
  const { t } = useTranslation();
  const shown = person.screen ?? person.picture;
  const caption = person.own ? t('rooms.you') : name;
  return (
    <figure
      className={`relative grid place-items-center overflow-hidden rounded-outer bg-well ${small ? 'absolute right-4 bottom-4 z-10 aspect-4/3 w-32 border border-line tablet:w-44' : 'min-h-40 flex-1'}`}
    >
      {shown ? (
        <Picture track={shown} mirrored={person.own && shown === person.picture} whole={shown === person.screen} />
      ) : (
        <Avatar name={caption} />
      )}
      {person.sound && <Sound track={person.sound} />}
      <figcaption className="absolute bottom-2 left-2 flex items-center gap-1.5 rounded-inner bg-sheet/90 px-2 py-0.5 text-small">
        {person.muted && <MicOff aria-hidden="true" className="size-4" />}
        {caption}
        {person.muted && <span className="sr-only"> ({t('rooms.muted')})</span>}
      </figcaption>
    </figure>
  );
}

function Picture({ track, mirrored, whole }: { track: Track; mirrored: boolean; whole: boolean }) {
  const element = useRef<HTMLVideoElement>(null);
  useAttached(track, element);
  return (
    // Nobody wrote down what is being said.
    <video
      ref={element}
      autoPlay
      playsInline
      muted
      className={`absolute inset-0 size-full ${whole ? 'object-contain' : 'object-cover'} ${mirrored ? '-scale-x-100' : ''}`}
    />
  );
}

function Sound({ track }: { track: Track }) {
  const element = useRef<HTMLAudioElement>(null);
  useAttached(track, element);
  // biome-ignore lint/a11y/useMediaCaption: nobody wrote down what is being said.
  return <audio ref={element} autoPlay />;
}

function useAttached(track: Track, element: { current: HTMLMediaElement | null }) {
  useEffect(() => {
    const place = element.current;
    if (!place) return;
    track.attach(place);
    return () => void track.detach(place);
  }, [track, element]);
}
