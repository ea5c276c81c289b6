import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Language } from '../../i18n';
import { session } from '../../session';
import { keepPushes } from '../../storage/pushes';

/** Keeps this device told, where its owner wants that, and goes where a push that was pressed leads to. */
export function usePushes(userId: string) {
  const navigate = useNavigate();
  const language = useTranslation().i18n.resolvedLanguage as Language;
  useEffect(() => void keepPushes(session, userId, language).catch(() => undefined), [userId, language]);
  useEffect(() => {
    const workers = navigator.serviceWorker;
    if (!workers) return;
    const onWord = ({ data }: MessageEvent<{ type?: string } | null>) => {
      if (data?.type === 'messages') void navigate('/messages');
    };
    workers.addEventListener('message', onWord);
    workers.startMessages();
    return () => workers.removeEventListener('message', onWord);
  }, [navigate]);
}
