import { useCallback, useEffect, useReducer, useRef } from 'react';
import {
  faultOf,
  microphonePermission,
  type Recording,
  type RecordingFault,
  startRecording,
  type Take,
} from './recording';

export type RecorderState =
  | { is: 'looking' | 'asking' | 'starting' }
  | { is: 'recording'; seconds: number; levels: readonly number[] }
  | { is: 'taken'; take: Take }
  | { is: 'refused'; fault: RecordingFault };

/** Once somebody has said yes on this page, the question is not explained again. */
let explained = false;

/** From the first press to a take that can be heard and sent. The microphone is open only while it records. */
export function useRecorder() {
  const [state, become] = useReducer((_: RecorderState, next: RecorderState) => next, { is: 'looking' });
  const recording = useRef<Recording>(undefined);
  const gone = useRef(false);

  const start = useCallback(async () => {
    become({ is: 'starting' });
    try {
      const begun = await startRecording((seconds, levels) =>
        become({ is: 'recording', seconds, levels: [...levels] }),
      );
      explained = true;
      if (gone.current) return begun.cancel();
      recording.current = begun;
      become({ is: 'recording', seconds: 0, levels: [] });
      const take = await begun.done;
      become({ is: 'taken', take });
    } catch (reason) {
      become({ is: 'refused', fault: faultOf(reason) });
    }
  }, []);

  useEffect(() => {
    gone.current = false;
    void microphonePermission().then((permission) => {
      if (gone.current) return;
      if (permission === 'denied') become({ is: 'refused', fault: 'denied' });
      else if (permission === 'granted' || explained) void start();
      else become({ is: 'asking' });
    });
    return () => {
      gone.current = true;
      recording.current?.cancel();
    };
  }, [start]);

  /** The take, as soon as it is there: for whoever sends without listening first. */
  const finish = useCallback(async () => {
    const { current } = recording;
    current?.stop();
    return (await current?.done) ?? null;
  }, []);

  return { state, start, stop: useCallback(() => recording.current?.stop(), []), finish };
}
