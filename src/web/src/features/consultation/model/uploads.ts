import { Problem } from '../../../api/problem';
import { announcedType, maxFileSize, type Upload } from '../api/files';
import type { RoomCore } from './room';

/** Sends files one beside the other; each can be cancelled, and sent again when it failed. */
export function carryFiles({ api, getState, dispatch }: RoomCore) {
  const running = new Map<string, Upload>();

  function refusalOf(file: File): string | null {
    if (!announcedType(file)) return 'file_type';
    if (file.size > maxFileSize) return 'file_too_large';
    return file.size === 0 ? 'file_empty' : null;
  }

  async function start(id: string, file: File) {
    const tell = (sentBytes: number, code: string | null = null) =>
      dispatch({ type: 'upload', upload: { id, file, sentBytes, code } });
    const refusal = refusalOf(file);
    tell(0, refusal);
    if (refusal) return;
    const upload = api.upload(file, (bytes) => running.has(id) && tell(bytes));
    running.set(id, upload);
    try {
      const message = await upload.done;
      dispatch({ type: 'log', event: { type: 'created', message } });
      dispatch({ type: 'uploadGone', id });
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

    retry(id: string) {
      const upload = getState().uploads.find((known) => known.id === id);
      if (upload && !running.has(id)) void start(id, upload.file);
    },

    cancel(id: string) {
      const upload = running.get(id);
      running.delete(id);
      upload?.cancel();
      dispatch({ type: 'uploadGone', id });
    },
  };
}
