import { useCallback, useEffect, useRef, useState } from 'react';
import { putDraft, readDraft } from '../storage/device';

/** Milliseconds of rest before a draft is written down. */
const rest = 250;

/** What is being written in one place, kept on this device until it is sent. */
export function useDraft(userId: string, place: string): [string, (text: string) => void] {
  const [text, setText] = useState('');
  const latest = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const save = useCallback(() => {
    clearTimeout(timer.current);
    if (latest.current !== null) void putDraft(userId, place, latest.current).catch(() => undefined);
  }, [userId, place]);

  useEffect(() => {
    latest.current = null;
    setText('');
    // What is already being typed is newer than what was kept.
    void readDraft(userId, place)
      .then((kept) => latest.current ?? setText(kept))
      .catch(() => undefined);
    window.addEventListener('pagehide', save);
    return () => {
      window.removeEventListener('pagehide', save);
      save();
    };
  }, [userId, place, save]);

  const change = useCallback(
    (next: string) => {
      latest.current = next;
      setText(next);
      clearTimeout(timer.current);
      if (next) timer.current = setTimeout(save, rest);
      else save();
    },
    [save],
  );
  return [text, change];
}
