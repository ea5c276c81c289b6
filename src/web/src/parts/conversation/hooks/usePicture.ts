import { useEffect, useState } from 'react';
import type { FileRef } from '../../../realtime/events';
import type { Room } from '../model/room';

/** Pictures of the rooms that are open, by file; a row that scrolls out and back must not fetch again. */
const shown = new WeakMap<Room, Map<string, Promise<string>>>();

/** The picture as an address that only this page knows; null until it is there, or when it cannot be had. */
export function usePicture(room: Room, file: FileRef): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const pictures = shown.get(room) ?? new Map<string, Promise<string>>();
    shown.set(room, pictures);
    const picture =
      pictures.get(file.id) ??
      room.download(file.id).then((blob) => URL.createObjectURL(new Blob([blob], { type: file.mimeType })));
    pictures.set(file.id, picture);
    let wanted = true;
    picture.then(
      (ready) => wanted && setUrl(ready),
      () => pictures.delete(file.id),
    );
    return () => {
      wanted = false;
    };
  }, [room, file.id, file.mimeType]);
  return url;
}

/** Lets go of the pictures of a room that was left. */
export function forgetPictures(room: Room): void {
  for (const picture of shown.get(room)?.values() ?? []) {
    void picture.then((url) => URL.revokeObjectURL(url)).catch(() => undefined);
  }
  shown.delete(room);
}
