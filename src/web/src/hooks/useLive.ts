import { useEffect, useState } from 'react';
import { shareLine } from '../realtime/line';
import type { Live } from '../realtime/live';
import { session } from '../session';

/** The line to the server while a part of the pages is shown; null until it is there. All parts share one. */
export function useLive(): Live | null {
  const [live, setLive] = useState<Live | null>(null);
  useEffect(() => {
    const line = shareLine(session);
    setLive(line.live);
    return () => {
      setLive(null);
      line.release();
    };
  }, []);
  return live;
}
