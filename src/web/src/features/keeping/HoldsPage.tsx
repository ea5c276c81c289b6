import { useTranslation } from 'react-i18next';
import { useTitle } from '../../hooks/useTitle';
import { HoldList } from './components/HoldList';

/** The conversations that a practitioner keeps from being erased. */
export function HoldsPage() {
  const { t } = useTranslation();
  useTitle(t('hold.title'));
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-6">
      <div className="measure flex flex-col gap-1">
        <h1 className="font-bold text-lead">{t('hold.title')}</h1>
        <p className="text-ink-soft">{t('hold.text')}</p>
      </div>
      <HoldList placeOf={(conversation) => `/professional/chat/${conversation}`} />
    </div>
  );
}
