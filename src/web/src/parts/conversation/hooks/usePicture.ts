import { useEffect, useState } from 'react';
import type { FileRef } from '../../../realtime/events';
import type { Room } from '../model/room';
import { keptPerRoom } from './keptPerRoom';

/** Pictures of a room that are kept at once; no screen shows as many. */
const most = 60;

const pictures = keptPerRoom<string>(most, (url) => URL.revokeObjectURL(url));

/** The picture as an address that only this page knows; null until it is there, or when it cannot be had. */
export function usePicture(room: Room, file: FileRef): string | null {
  const [url, setUrl] = useState<string | null>(() => pictures.now(room, file.id));
  useEffect(() => {
    let wanted = true;
    pictures
      .get(room, file.id, async () =>
        URL.createObjectURL(new Blob([await room.download(file.id)], { type: file.mimeType })),
      )
      .then(
        (ready) => wanted && setUrl(ready),
        () => undefined,
      );
    return () => {
      wanted = false;
    };
  }, [room, file.id, file.mimeType]);
  return url;
}
