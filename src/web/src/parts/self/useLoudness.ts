import { useEffect, useState } from 'react';
import { loudness, speech } from './loudness';

/** How loud the microphone is now (0 to 1), and whether it has heard somebody yet. */
export function useLoudness(stream: MediaStream): { level: number; heard: boolean } {
  const [level, setLevel] = useState(0);
  const [heard, setHeard] = useState(false);
  useEffect(() => {
    if (stream.getAudioTracks().length === 0) return;
    const audio = new AudioContext();
    const analyser = audio.createAnalyser();
    audio.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let frame = 0;
    const look = () => {
      analyser.getFloatTimeDomainData(samples);
      const loud = loudness(samples);
      setLevel(Math.min(loud * 4, 1));
      if (loud > speech) setHeard(true);
      frame = requestAnimationFrame(look);
    };
    frame = requestAnimationFrame(look);
    return () => {
      cancelAnimationFrame(frame);
      void audio.close();
    };
  }, [stream]);
  return { level, heard };
}
