import { type ReactNode, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslation } from 'react-i18next';
import { Button } from './Button';
import { Notice } from './Notice';

interface QuestionProps {
  title: string;
  text: string;
  confirm: string;
  busy: string;
  /** Said when the act failed; the question stays open. */
  failed: string;
  act(): Promise<void>;
  onClose(): void;
}

/** Asks before something cannot be taken back, and names what goes. */
export function Question({ title, text, confirm, busy, failed, act, onClose }: QuestionProps) {
  const { t } = useTranslation();
  const [state, setState] = useState<'asked' | 'busy' | 'failed'>('asked');
  async function run() {
    setState('busy');
    try {
      await act();
      onClose();
    } catch {
      setState('failed');
    }
  }
  return (
    <Veil onClose={onClose}>
      <Dialog role="alertdialog" className="flex flex-col gap-4 outline-none">
        <Heading slot="title" className="font-bold text-title">
          {title}
        </Heading>
        <p className="text-ink-soft">{text}</p>
        {state === 'failed' && (
          <Notice tone="urgent" alert>
            {failed}
          </Notice>
        )}
        <div className="mt-2 flex flex-wrap-reverse justify-end gap-3">
          <Button look="quiet" onPress={onClose}>
            {t('action.cancel')}
          </Button>
          <Button look="danger" busy={state === 'busy' && busy} onPress={run} autoFocus>
            {confirm}
          </Button>
        </div>
      </Dialog>
    </Veil>
  );
}

/** What lies over everything else until it is closed. */
export function Veil({ onClose, wide, children }: { onClose(): void; wide?: boolean; children: ReactNode }) {
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => !open && onClose()}
      className="fixed inset-0 z-20 grid place-items-end bg-veil tablet:place-items-center"
    >
      <Modal
        className={`fade-in max-h-dvh w-full overflow-auto rounded-t-outer bg-sheet p-6 text-ink shadow-float outline-none tablet:rounded-outer ${wide ? 'max-w-5xl' : 'max-w-md'}`}
      >
        {children}
      </Modal>
    </ModalOverlay>
  );
}
