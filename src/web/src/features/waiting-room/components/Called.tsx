import { ArrowRight } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { chime } from '../../../parts/chime';
import type { Visit } from '../../../parts/visit';

/** The door is open: said with a sound, and with nothing else to press. */
export function Called({ visit, name }: { visit: Visit; name: string }) {
  const { t } = useTranslation();
  const door = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    chime();
    door.current?.focus();
  }, []);
  return (
    <div className="fade-in flex flex-col items-start gap-6 rounded-outer bg-brand-soft px-6 py-8 tablet:px-10 tablet:py-12">
      <div role="alert" className="flex flex-col gap-2">
        <h1 className="font-bold text-display tracking-tight">{t('ready.waiting', { name })}</h1>
        <p className="measure text-title">{t('wait.calledText')}</p>
      </div>
      <Link
        ref={door}
        to={`/consultations/${visit.id}`}
        className="inline-flex min-h-14 items-center gap-2.5 rounded-outer bg-brand px-8 font-semibold text-large text-on-brand hover:bg-brand-strong"
      >
        {t('wait.enter')}
        <ArrowRight aria-hidden="true" className="size-5" />
      </Link>
    </div>
  );
}
