/** What the screen does about a refusal: which words, which way out. */
export type Category = 'signIn' | 'forbidden' | 'missing' | 'conflict' | 'invalid' | 'slow' | 'unreachable' | 'broken';

const categories: Record<number, Category> = {
  0: 'unreachable',
  401: 'signIn',
  403: 'forbidden',
  404: 'missing',
  409: 'conflict',
  413: 'invalid',
  422: 'invalid',
  429: 'slow',
  502: 'unreachable',
  503: 'unreachable',
  504: 'unreachable',
};

interface ProblemBody {
  code?: string;
  title?: string;
  detail?: string;
  errors?: Record<string, string[]>;
}

/** A refusal of the server, over HTTP (RFC 9457) or in a socket ack; status 0 when no answer came at all. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: Readonly<Record<string, string[]>>;
  /** Seconds to wait before trying again; null when the server names none. */
  readonly retryAfter: number | null;

  constructor(status: number, body: ProblemBody, retryAfter: number | null = null) {
    super(body.detail ?? body.title ?? body.code ?? 'unreachable');
    this.name = 'Problem';
    this.status = status;
    this.code = body.code ?? (status === 0 ? 'unreachable' : 'internal');
    this.errors = body.errors ?? {};
    this.retryAfter = retryAfter;
  }

  get category(): Category {
    return categories[this.status] ?? 'broken';
  }

  /** No answer came: the network or the server is away. */
  static unreachable(): Problem {
    return new Problem(0, { code: 'unreachable' });
  }

  static from(reason: unknown): Problem {
    return reason instanceof Problem ? reason : new Problem(500, { code: 'internal' });
  }

  static async fromResponse(response: Response): Promise<Problem> {
    const seconds = Number(response.headers.get('Retry-After'));
    const body = (await response.json().catch(() => ({}))) as ProblemBody;
    return new Problem(response.status, body, seconds > 0 ? seconds : null);
  }
}
