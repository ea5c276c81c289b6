import { Problem } from './problem';

export interface SendOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON; a Blob as it is, under its own type; a form as the browser writes one. */
  body?: unknown;
  token?: string | null;
  signal?: AbortSignal | undefined;
  /** Milliseconds that an answer may take, where the work itself is long. */
  patience?: number;
  /** A file, taken as it is. */
  blob?: boolean;
  /** Of a file: hears how many bytes are here. */
  onBytes?: ((bytes: number) => void) | undefined;
  /** Sent twice under one key, a call is done once: for what must not happen again when its answer got lost. */
  once?: string;
}

/** How long an answer may take before it counts as none. */
const usualPatience = 20_000;

/** One call to the server: its JSON, or a {@link Problem}. The access token is the caller's to give. */
export async function send<T>(
  path: string,
  { method = 'GET', body, token, signal, patience = usualPatience, once, blob = false, onBytes }: SendOptions = {},
): Promise<T> {
  const headers: Record<string, string> = {
    Accept: blob ? '*/*' : 'application/json, application/problem+json',
    'Accept-Language': document.documentElement.lang,
    // Tells the server to keep the refresh token in its cookie; no form or foreign page can send this header.
    'X-Colloque-Client': 'web',
  };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (once) headers['Idempotency-Key'] = once;
  const form = body instanceof FormData;
  const raw = form || body instanceof Blob;
  // The browser names a form's boundary itself.
  if (body !== undefined && !form) headers['Content-Type'] = body instanceof Blob ? body.type : 'application/json';

  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), patience);
  const forward = () => abort.abort();
  signal?.addEventListener('abort', forward);
  try {
    const response = await fetch(path, {
      method,
      headers,
      signal: abort.signal,
      cache: 'no-store',
      ...(body !== undefined && { body: raw ? body : JSON.stringify(body) }),
    });
    if (!response.ok) throw await Problem.fromResponse(response);
    if (response.status === 204) return undefined as T;
    return (await (blob ? blobOf(response, onBytes) : response.json())) as T;
  } catch (reason) {
    if (reason instanceof Problem || signal?.aborted) throw reason;
    throw Problem.unreachable();
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', forward);
  }
}

/** The body as it arrives; one that breaks off is none. */
async function blobOf(response: Response, onBytes?: (bytes: number) => void): Promise<Blob> {
  if (!onBytes || !response.body) return await response.blob();
  const parts: BlobPart[] = [];
  let bytes = 0;
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    bytes += part.value.length;
    onBytes(bytes);
  }
  return new Blob(parts, { type: response.headers.get('Content-Type') ?? '' });
}
