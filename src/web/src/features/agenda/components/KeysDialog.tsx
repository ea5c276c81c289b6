import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../primitives/Button';
import { Veil } from '../../../primitives/Question';

const keys = [
  ['↑ ↓ ← →', 'walk'],
  ['↵', 'open'],
  ['M', 'move'],
  ['↑ ↓ ← →', 'moving'],
  ['↵ · Esc', 'drop'],
  ['T', 'today'],
  ['D · W', 'view'],
  ['⇞ ⇟', 'turn'],
  ['?', 'help'],
] as const;

/** What the keyboard does in the calendar. */
export function KeysDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  return (
    <Veil onClose={onClose}>
      <Dialog className="flex flex-col gap-4 outline-none">
        <Heading slot="title" className="font-bold text-title">
          {t('agenda.keys')}
        </Heading>
        <p className="text-ink-soft">{t('agenda.keysText')}</p>
        <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
          {keys.map(([key, what]) => (
            <div key={what} className="contents">
              <dt>
                <kbd className="rounded-inner border border-line bg-well px-2 py-0.5 font-sans text-small">{key}</kbd>
              </dt>
              <dd>{t(`agenda.key.${what}`)}</dd>
            </div>
          ))}
        </dl>
        <div className="flex justify-end">
          <Button look="quiet" onPress={onClose} autoFocus>
            {t('action.close')}
          </Button>
        </div>
      </Dialog>
    </Veil>
  );
}
