import { session } from '../session';

/** Milliseconds that a long file may take. */
const patience = 120_000;

/** Fetches a file in the name of the one who is signed in, and gives it to the device under that name. */
export async function download(path: string, name: string): Promise<void> {
  saveFile(await session.request<Blob>(path, { blob: true, patience }), name);
}

/** Gives a file that is here already to the device. */
export function saveFile(file: Blob, name: string) {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Once the browser has begun to save it.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
