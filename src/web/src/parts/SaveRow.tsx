import { useTranslation } from 'react-i18next';
import { Button } from '../primitives/Button';

/** The foot of a form that is saved and stays: saves it, and says that it is. */
export function SaveRow({ busy, saved }: { busy: boolean; saved: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-wrap items-center gap-4">
      <Button type="submit" busy={busy && t('action.saving')}>
        {t('action.save')}
      </Button>
      <span role="status" className="text-done">
        {saved && t('action.saved')}
      </span>
    </div>
  );
}
