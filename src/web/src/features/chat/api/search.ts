import { Problem } from '../../../api/problem';
import { session } from '../../../session';
import { linesOf, type SearchLine } from '../model/search';

export interface SearchQuery {
  words: string;
  from: string;
  /** Days as "2026-11-21" on this device's calendar, the last included; empty for no bound. */
  since: string;
  until: string;
  hasFile: boolean;
  conversationId: string | null;
}

const midnight = (day: string, later = 0) => {
  const at = new Date(`${day}T00:00`);
  at.setDate(at.getDate() + later);
  return at.toISOString();
};

function parametersOf({ words, from, since, until, hasFile, conversationId }: SearchQuery, cursor: string | null) {
  const all = {
    q: words.trim(),
    from,
    since: since && midnight(since),
    until: until && midnight(until, 1),
    hasFile: hasFile ? 'true' : '',
    conversationId: conversationId ?? '',
    cursor: cursor ?? '',
  };
  return new URLSearchParams(Object.entries(all).filter(([, value]) => value));
}

/** Tells each line of the answer as it comes. Rejects with a {@link Problem}, or with the signal's reason. */
export async function searchMessages(
  query: SearchQuery,
  cursor: string | null,
  tell: (line: SearchLine) => void,
  signal: AbortSignal,
): Promise<void> {
  const ask = (token: string | null) =>
    fetch(`/api/conversations/search?${parametersOf(query, cursor)}`, {
      headers: {
        Accept: 'application/x-ndjson, application/problem+json',
        'Accept-Language': document.documentElement.lang,
        'X-Colloque-Client': 'web',
        ...(token && { Authorization: `Bearer ${token}` }),
      },
      cache: 'no-store',
      signal,
    });
  try {
    const token = await session.token();
    let response = await ask(token);
    if (response.status === 401) response = await ask(await session.renew(token));
    if (!response.ok || !response.body) throw await Problem.fromResponse(response);
    for await (const line of linesOf(textOf(response.body))) tell(JSON.parse(line) as SearchLine);
  } catch (reason) {
    if (reason instanceof Problem || signal.aborted) throw reason;
    throw Problem.unreachable();
  }
}

/** Not every browser can iterate over a stream itself. */
async function* textOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read())
      yield decoder.decode(step.value, { stream: true });
  } finally {
    reader.releaseLock();
  }
}
