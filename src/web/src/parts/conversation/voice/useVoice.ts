import { useCallback, useEffect, useState } from 'react';
import type { FileRef } from '../../../realtime/events';
import { keptPerRoom } from '../hooks/keptPerRoom';
import type { Room } from '../model/room';
import { bars, barsOf } from './levels';

/** Bytes up to which a voice is fetched as soon as it is seen, so that its waveform and its length can be shown. */
const smallEnough = 2 * 1024 * 1024;
/** Samples a second, for looking at it: enough for a picture, and minutes of it are a few megabytes. */
const lookedAt = 8_000;
/** Milliseconds that an address is good for, a minute less than the server says. */
const linkAge = 4 * 60_000;

interface Heard {
  url: string;
  seconds: number | null;
  bars: readonly number[];
}

const flat: readonly number[] = Array.from({ length: bars }, () => 0);

const heard = keptPerRoom<Heard>(30, ({ url }) => URL.revokeObjectURL(url));

async function listen(room: Room, file: FileRef): Promise<Heard> {
  const bytes = await room.download(file.id);
  const url = URL.createObjectURL(new Blob([bytes], { type: file.mimeType }));
  try {
    const context = new OfflineAudioContext(1, 1, lookedAt);
    const sound = await context.decodeAudioData(await bytes.arrayBuffer());
    return { url, seconds: sound.duration, bars: barsOf(sound.getChannelData(0)) };
  } catch {
    // It may play all the same; if not, the player says so.
    return { url, seconds: null, bars: flat };
  }
}

/** A voice message: small ones are fetched whole and drawn, long ones play by ranges from an address that is asked for when it is needed. */
export function useVoice(room: Room, file: FileRef) {
  const isSmall = file.sizeBytes <= smallEnough;
  const [known, setKnown] = useState<Heard | null>(() => heard.now(room, file.id));
  const [link, setLink] = useState<{ url: string; at: number } | null>(null);
  const [failed, setFailed] = useState(false);

  const fetchIt = useCallback(async () => {
    setFailed(false);
    try {
      if (isSmall) setKnown(await heard.get(room, file.id, () => listen(room, file)));
      else setLink({ url: await room.link(file.id), at: Date.now() });
    } catch {
      setFailed(true);
    }
  }, [room, file, isSmall]);

  useEffect(() => {
    if (isSmall) void fetchIt();
  }, [isSmall, fetchIt]);

  return {
    url: known?.url ?? link?.url ?? null,
    seconds: known?.seconds ?? null,
    bars: known?.bars ?? flat,
    failed,
    fetchIt,
    /** An address that has run out is asked for anew; what cannot be played is said. */
    broken: useCallback(() => {
      if (link && Date.now() - link.at > linkAge) void fetchIt();
      else setFailed(true);
    }, [link, fetchIt]),
  };
}
