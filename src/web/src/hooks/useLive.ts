import { useEffect, useState } from 'react';
import { type Live, openLive } from '../realtime/live';
import { session } from '../session';

/** The line to the server while a part of the pages is shown; null until it is there. */
export function useLive(): Live | null {
  const [live, setLive] = useState<Live | null>(null);
  useEffect(() => {
    const opened = openLive(session);
    setLive(opened);
    return () => {
      setLive(null);
      opened.close();
    };
  }, []);
  return live;
}
