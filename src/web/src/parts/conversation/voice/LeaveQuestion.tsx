import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../primitives/Button';
import { Veil } from '../../../primitives/Question';

/** Before a voice message is lost with the page: what keeps it is what Enter and Escape do. */
export function LeaveQuestion({ onLeave, onStay }: { onLeave(): void; onStay(): void }) {
  const { t } = useTranslation();
  return (
    <Veil onClose={onStay}>
      <Dialog role="alertdialog" className="flex flex-col gap-4 outline-none">
        <Heading slot="title" className="font-bold text-title">
          {t('voice.leave.title')}
        </Heading>
        <p className="text-ink-soft">{t('voice.leave.text')}</p>
        <div className="mt-2 flex flex-wrap-reverse justify-end gap-3">
          <Button look="danger" onPress={onLeave}>
            {t('voice.leave.go')}
          </Button>
          <Button onPress={onStay} autoFocus>
            {t('voice.leave.stay')}
          </Button>
        </div>
      </Dialog>
    </Veil>
  );
}
