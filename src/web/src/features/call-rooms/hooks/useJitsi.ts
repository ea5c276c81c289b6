import { type RefObject, useEffect, useRef, useState } from 'react';
import { hangUpWord, readJitsi, readyWord } from '../model/jitsiWire';

interface Told {
  onJoined(): void;
  onLeft(): void;
}

/** Milliseconds between two words that this page is there, until the frame has answered. */
const callEvery = 250;

/** Talks with Jitsi's frame, and with nothing else: words from another origin or window are not heard. */
export function useJitsi(frame: RefObject<HTMLIFrameElement | null>, origin: string | null, told: Told) {
  const [joined, setJoined] = useState(false);
  const latest = useRef(told);
  useEffect(() => {
    latest.current = told;
  });

  useEffect(() => {
    if (!origin) return;
    const number = crypto.randomUUID();
    const say = (word: string) => frame.current?.contentWindow?.postMessage(word, origin);
    // The frame says again what it has said when it is asked who it is again.
    let isIn = false;
    const calling = setInterval(() => say(readyWord(number)), callEvery);
    const listen = ({ data, source, origin: from }: MessageEvent) => {
      if (from !== origin || source !== frame.current?.contentWindow) return;
      const word = readJitsi(data);
      if (word?.kind === 'ready') {
        if (word.number === number) clearInterval(calling);
        else say(readyWord(word.number));
      } else if (word?.name === 'video-conference-joined') {
        if (isIn) return;
        isIn = true;
        setJoined(true);
        latest.current.onJoined();
      } else if (word?.name === 'video-conference-left' || word?.name === 'video-ready-to-close') {
        latest.current.onLeft();
      }
    };
    window.addEventListener('message', listen);
    return () => {
      clearInterval(calling);
      window.removeEventListener('message', listen);
    };
  }, [frame, origin]);

  const hangUp = () => origin && frame.current?.contentWindow?.postMessage(hangUpWord(), origin);
  return { joined, hangUp };
}
