import type { FormEvent, ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { useTranslation } from 'react-i18next';
import { focusFault } from '../hooks/focusFault';
import { Button } from './Button';
import { Veil } from './Question';

interface FormDialogProps {
  title: string;
  text?: string | undefined;
  submit: string;
  /** What closing it means, where "Cancel" could be read as the act itself. */
  keep?: string;
  danger?: boolean;
  /** Words while it is under way. */
  busy: string | false;
  /** Awaited, so that the first field that is not right afterwards gets the focus. */
  onSubmit(): Promise<void>;
  onClose(): void;
  children: ReactNode;
}

/** A few fields that lead to one act. */
export function FormDialog({ title, text, submit, keep, danger, busy, onSubmit, onClose, children }: FormDialogProps) {
  const { t } = useTranslation();
  async function onForm(event: FormEvent) {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    if (busy) return;
    await onSubmit();
    focusFault(form);
  }
  return (
    <Veil onClose={onClose}>
      <Dialog className="outline-none">
        <form onSubmit={onForm} noValidate className="flex flex-col gap-4">
          <Heading slot="title" className="font-bold text-title">
            {title}
          </Heading>
          {text && <p className="text-ink-soft">{text}</p>}
          {children}
          <div className="mt-2 flex flex-wrap-reverse justify-end gap-3">
            <Button look="quiet" onPress={onClose}>
              {keep ?? t('action.cancel')}
            </Button>
            <Button type="submit" look={danger ? 'danger' : 'primary'} busy={busy}>
              {submit}
            </Button>
          </div>
        </form>
      </Dialog>
    </Veil>
  );
}
