import { Dialog } from 'react-aria-components/Dialog';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../primitives/Button';
import { Veil } from '../../../primitives/Question';

/** One picture as large as the screen lets it be. Escape closes it, and the focus stays in it until then. */
export default function Picture({ url, name, onClose }: { url: string; name: string; onClose(): void }) {
  const { t } = useTranslation();
  const words = t('file.picture', { name });
  return (
    <Veil wide onClose={onClose}>
      <Dialog aria-label={words} className="flex flex-col gap-4 outline-none">
        <img src={url} alt={words} className="max-h-[75dvh] w-full object-contain" />
        <div className="flex items-center justify-between gap-4">
          <p className="min-w-0 truncate text-ink-soft">{name}</p>
          <Button look="quiet" onPress={onClose} autoFocus>
            {t('action.close')}
          </Button>
        </div>
      </Dialog>
    </Veil>
  );
}
