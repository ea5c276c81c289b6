import { type KeyboardEvent, useMemo } from 'react';
import type { CallSession } from '../model/callSession';
import { floatPicture } from '../model/floating';

interface Around {
  talk(): void;
  more(): void;
}

/** What a person can do in a call, by buttons and by keys. */
export function useCallActs(session: CallSession, { talk, more }: Around) {
  return useMemo(() => {
    const now = () => session.getState().media;
    const acts = {
      canShare: 'getDisplayMedia' in (navigator.mediaDevices ?? {}),
      microphone: () => void session.setMicrophone(!(now().microphone && now().microphoneOn)),
      camera: () => void session.setCamera(!now().camera),
      share: () => (now().screen ? session.unshare() : void session.share()),
      leave: session.hangUp,
      float: () => void floatPicture(),
      talk,
      more,
    };
    const keys: Record<string, () => void> = {
      m: acts.microphone,
      v: acts.camera,
      s: acts.share,
      c: talk,
      p: acts.float,
      '?': more,
    };
    /** Single keys count only within the stage, so that they are in the way of nobody's writing or speech input. */
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const act = keys[event.key.toLowerCase()];
      if (!act || (event.key.toLowerCase() === 's' && !acts.canShare)) return;
      event.preventDefault();
      act();
    };
    return { ...acts, onKeyDown };
  }, [session, talk, more]);
}

export type CallActs = ReturnType<typeof useCallActs>;
