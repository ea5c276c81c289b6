import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../../api/http';

interface Provider {
  id: string;
  name: string;
}

/** The institutions' own sign-ons, when this installation knows any. Without an answer the door is complete all the same. */
export function Providers({ onLeave }: { onLeave(): void }) {
  const { t } = useTranslation();
  const [providers, setProviders] = useState<readonly Provider[]>([]);
  useEffect(() => {
    const abort = new AbortController();
    send<{ providers: Provider[] }>('/api/auth/oidc', { signal: abort.signal })
      .then((answer) => setProviders(answer.providers))
      .catch(() => undefined);
    return () => abort.abort();
  }, []);

  const returnTo = encodeURIComponent(window.location.pathname);
  return providers.map(({ id, name }) => (
    <a
      key={id}
      href={`/api/auth/oidc/${encodeURIComponent(id)}/start?returnTo=${returnTo}`}
      onClick={onLeave}
      className="inline-flex min-h-11 items-center justify-center rounded-outer border border-line bg-sheet px-5 font-semibold hover:bg-well"
    >
      {t('signIn.with', { name })}
    </a>
  ));
}
