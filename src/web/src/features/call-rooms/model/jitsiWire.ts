import { frameNumber } from './jitsiAddress';

/**
 * The words between Jitsi's frame and its page, as the IFrame API's own script speaks them: JSON with `postis`, a scope, a method and its parameters. Each side
 * shows that it is there by `__ready__` with a number of its own, which the other sends back; then `message`s carry events. That script itself is not loaded: it
 * would be somebody else's in our origin.
 */
interface Word {
  postis: true;
  scope: string;
  method: string;
  params: unknown;
}

const scope = `jitsi_meet_external_api_${frameNumber}`;

/** What came, as far as it matters here. */
export type FromJitsi = { kind: 'ready'; number: unknown } | { kind: 'event'; name: string };

/** Null for what is not Jitsi's, whoever sent it. */
export function readJitsi(said: unknown): FromJitsi | null {
  const word = parsed(said);
  if (word?.postis !== true || word.scope !== scope) return null;
  if (word.method === '__ready__') return { kind: 'ready', number: word.params };
  if (word.method !== 'message') return null;
  const { type, data } = (word.params ?? {}) as { type?: unknown; data?: { name?: unknown } };
  return type === 'event' && typeof data?.name === 'string' ? { kind: 'event', name: data.name } : null;
}

export const readyWord = (number: unknown) => write('__ready__', number);

/** One's own leaving, so that the others see it at once. */
export const hangUpWord = () => write('message', { type: 'event', data: { name: 'video-hangup', data: [] } });

const write = (method: string, params: unknown) =>
  JSON.stringify({ postis: true, scope, method, params } satisfies Word);

function parsed(said: unknown): Partial<Word> | null {
  if (typeof said !== 'string' || said.length > 100_000) return null;
  try {
    const word: unknown = JSON.parse(said);
    return word !== null && typeof word === 'object' ? word : null;
  } catch {
    return null;
  }
}
