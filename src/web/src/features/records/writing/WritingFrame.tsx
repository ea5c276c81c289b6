import { type FormEvent, type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { focusFault } from '../../../hooks/focusFault';
import { Button } from '../../../primitives/Button';
import { Notice } from '../../../primitives/Notice';
import { nameOfField } from './nameOfField';
import type { useWriting } from './useWriting';

export interface WritingFrameProps {
  writing: Pick<ReturnType<typeof useWriting>, 'found' | 'faults' | 'errorOf' | 'forget'>;
  /** To whom it is given. */
  name: string;
  /** What happens when it is given. */
  about: string;
  busy: boolean;
  /** Awaited, so that the first field that is not right afterwards gets the focus. */
  onSubmit(): Promise<void>;
  /** What was refused as a whole. */
  refused: ReactNode;
  children: ReactNode;
}

/** A long form: what is kept, what is wrong with links to it, the fields, and giving it. */
export function WritingFrame(props: WritingFrameProps) {
  const { writing, name, about, busy, onSubmit, refused, children } = props;
  const { found, faults, errorOf, forget } = writing;
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  async function onForm(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    await onSubmit();
    focusFault(form.current);
  }
  const goTo = (at: string) => form.current?.querySelector<HTMLElement>(`[name="${CSS.escape(at)}"]`)?.focus();
  return (
    <form ref={form} onSubmit={onForm} noValidate className="flex flex-col gap-6">
      {found && (
        <Notice tone="info">
          <span className="flex flex-wrap items-center justify-between gap-x-4">
            {t('record.draftFound')}
            <Button look="plain" onPress={forget}>
              {t('record.draftForget')}
            </Button>
          </span>
        </Notice>
      )}
      {faults.size > 0 && (
        <div role="alert" className="rounded-outer bg-urgent-soft px-4 py-3 text-urgent">
          <p className="font-semibold">{t('record.faults', { count: faults.size })}</p>
          <ul>
            {[...faults.keys()].map((at) => (
              <li key={at}>
                <button
                  type="button"
                  onClick={() => goTo(at)}
                  className="min-h-11 cursor-pointer text-left underline underline-offset-4"
                >
                  {nameOfField(t, at)} · {errorOf(at)}
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
      {children}
      {refused}
      <div className="flex flex-col gap-3 border-line border-t pt-6">
        <p className="measure text-ink-soft">{about}</p>
        <div>
          <Button type="submit" busy={busy && t('record.giving')}>
            {t('record.give', { name })}
          </Button>
        </div>
        <p className="text-ink-soft text-small">{t('record.draftKept')}</p>
      </div>
    </form>
  );
}
