import { Problem } from '../../../api/problem';
import type { HeldFile } from '../../../storage/device';
import { announcedType, maxFileSize, type Upload } from '../api/files';
import type { RoomCore } from './room';

/** Files that one message holds at most; the server's own limit. */
export const mostFiles = 5;

/** Uploads what was chosen for the next message, one beside the other; each can be taken out, and tried again when it failed. */
export function carryFiles({ api, getState, dispatch }: RoomCore) {
  const running = new Map<string, Upload>();
  /** What goes by itself once it is there, and does not wait for the words of a message. */
  const alone = new Map<string, (file: HeldFile) => void>();

  function refusalOf(id: string, file: File): string | null {
    if (!announcedType(file)) return 'file_type';
    if (file.size > maxFileSize) return 'file_too_large';
    const others = getState().uploads.filter((upload) => upload.code === null && !alone.has(upload.id));
    if (!alone.has(id) && others.length >= mostFiles) return 'too_many_files';
    return file.size === 0 ? 'file_empty' : null;
  }

  async function start(id: string, file: File) {
    const tell = (sentBytes: number, code: string | null = null, fileId: string | null = null) =>
      dispatch({ type: 'upload', upload: { id, file, sentBytes, code, fileId } });
    const refusal = refusalOf(id, file);
    tell(0, refusal);
    if (refusal) return;
    const upload = api.upload(file, (bytes) => running.has(id) && tell(bytes));
    running.set(id, upload);
    try {
      const fileId = await upload.done;
      if (!running.has(id)) return;
      const send = alone.get(id);
      if (!send) return tell(file.size, null, fileId);
      alone.delete(id);
      dispatch({ type: 'uploadGone', id });
      send({ id: fileId, name: file.name, sizeBytes: file.size });
    } catch (reason) {
      if (running.has(id)) tell(0, Problem.from(reason).code);
    } finally {
      running.delete(id);
    }
  }

  return {
    attach(files: Iterable<File>) {
      for (const file of files) void start(crypto.randomUUID(), file);
    },

    attachAlone(file: File, send: (file: HeldFile) => void) {
      const id = crypto.randomUUID();
      alone.set(id, send);
      void start(id, file);
    },

    retry(id: string) {
      const upload = getState().uploads.find((known) => known.id === id);
      if (upload && !running.has(id)) void start(id, upload.file);
    },

    /** Those that are there, taken out for a message that is sent now. */
    take() {
      const ready = getState().uploads.filter(({ fileId }) => fileId !== null);
      for (const { id } of ready) dispatch({ type: 'uploadGone', id });
      return ready.map(({ fileId, file }) => ({ id: fileId ?? '', name: file.name, sizeBytes: file.size }));
    },

    cancel(id: string) {
      const upload = running.get(id);
      running.delete(id);
      alone.delete(id);
      upload?.cancel();
      dispatch({ type: 'uploadGone', id });
    },
  };
}
