import { Problem } from '../../../api/problem';
import type { Session } from '../../../api/session';

/** An upload under way. */
export interface Upload {
  /** The file's id, once its bytes are there; a message that names it shows it. */
  done: Promise<string>;
  cancel(): void;
}

interface Prepared {
  fileId: string;
  uploadUrl: string;
}

/** Bytes; the server's own limit. */
export const maxFileSize = 10 * 1024 * 1024;

const typeOfExtension: Record<string, string> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  pdf: 'application/pdf',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ogg: 'audio/ogg',
  webm: 'audio/webm',
  m4a: 'audio/mp4',
};

export const acceptedTypes = [...new Set(Object.values(typeOfExtension))];

/** The type to announce, or null when the server would refuse it. Devices name some types differently, so the extension has the last word. */
export function announcedType(file: Pick<File, 'name' | 'type'>): string | null {
  if (acceptedTypes.includes(file.type)) return file.type;
  return typeOfExtension[file.name.split('.').at(-1)?.toLowerCase() ?? ''] ?? null;
}

/** Announces the file and puts its bytes. `onSent` hears how many bytes have left. */
export function uploadFile(
  session: Pick<Session, 'request'>,
  base: string,
  file: File,
  onSent: (bytes: number) => void,
): Upload {
  const abort = new AbortController();
  const { signal } = abort;
  async function run(): Promise<string> {
    const mimeType = announcedType(file) ?? file.type;
    const prepared = await session.request<Prepared>(`${base}/files/prepare`, {
      method: 'POST',
      body: { filename: file.name, mimeType, sizeBytes: file.size, sha256: await sha256(file) },
      signal,
    });
    await putBytes(prepared.uploadUrl, file, mimeType, onSent, signal);
    return prepared.fileId;
  }
  return { done: run(), cancel: () => abort.abort() };
}

/** The bytes behind a presigned link, as a blob that no other origin sees. */
export async function fetchBytes(url: string): Promise<Blob> {
  const response = await fetch(url, { cache: 'no-store' }).catch(() => {
    throw Problem.unreachable();
  });
  if (!response.ok) throw await Problem.fromResponse(response);
  return await response.blob();
}

async function sha256(file: File): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** XMLHttpRequest, because fetch still cannot tell how much of a body has left. */
function putBytes(
  url: string,
  file: File,
  mimeType: string,
  onSent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    request.setRequestHeader('Content-Type', mimeType);
    request.upload.onprogress = ({ loaded }) => onSent(loaded);
    request.onload = () =>
      request.status < 300 ? resolve() : reject(new Problem(request.status, { code: codeIn(request.responseText) }));
    request.onerror = () => reject(Problem.unreachable());
    request.onabort = () => reject(signal.reason);
    signal.addEventListener('abort', () => request.abort(), { once: true });
    if (signal.aborted) reject(signal.reason);
    else request.send(file);
  });
}

function codeIn(body: string): string {
  try {
    return (JSON.parse(body) as { code?: string }).code ?? 'internal';
  } catch {
    return 'internal';
  }
}
