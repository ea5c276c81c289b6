import { Problem } from './problem';

export interface SendOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON; a Blob as it is, under its own type. */
  body?: unknown;
  token?: string | null;
  signal?: AbortSignal | undefined;
  /** Milliseconds that an answer may take, where the work itself is long. */
  patience?: number;
  /** A file, taken as it is. */
  blob?: boolean;
  /** Sent twice under one key, a call is done once: for what must not happen again when its answer got lost. */
  once?: string;
}

/** How long an answer may take before it counts as none. */
const usualPatience = 20_000;

/** One call to the server: its JSON, or a {@link Problem}. The access token is the caller's to give. */
export async function send<T>(
  path: string,
  { method = 'GET', body, token, signal, patience = usualPatience, once, blob = false }: SendOptions = {},
): Promise<T> {
  const headers: Record<string, string> = {
    Accept: blob ? '*/*' : 'application/json, application/problem+json',
    'Accept-Language': document.documentElement.lang,
    // Tells the server to keep the refresh token in its cookie; no form or foreign page can send this header.
    'X-Colloque-Client': 'web',
  };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (once) headers['Idempotency-Key'] = once;
  const raw = body instanceof Blob;
  if (body !== undefined) headers['Content-Type'] = raw ? body.type : 'application/json';

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
    return (await (blob ? response.blob() : response.json())) as T;
  } catch (reason) {
    if (reason instanceof Problem || signal?.aborted) throw reason;
    throw Problem.unreachable();
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', forward);
  }
}
