import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../api/problem';
import { useDraft } from '../../../hooks/useDraft';
import type { Fault, Faults } from '../model/faults';

/** What is kept on the device of a form that is being filled in: under one key the server writes it once, also after a reload. */
interface Kept {
  once: string;
  form: string;
}

interface WritingProps<F> {
  userId: string;
  place: string;
  initial: F;
  /** A form that was kept, or null. */
  read(text: string): F | null;
  /** Without the lines that nobody filled in. */
  tidy(form: F): F;
  faultsOf(form: F): Faults;
  problem: Problem | null;
}

/** A form that is kept as it is written, and says beside each field what is wrong once somebody wanted to give it. */
export function useWriting<F>({ userId, place, initial, read, tidy, faultsOf, problem }: WritingProps<F>) {
  const { t } = useTranslation();
  const [text, setText] = useDraft(userId, place);
  const [first] = useState(initial);
  const [touched, setTouched] = useState(false);
  const [asked, setAsked] = useState(false);
  const [fresh, setFresh] = useState(() => crypto.randomUUID());
  const kept = keptIn(text);
  const form = (kept && read(kept.form)) ?? first;
  const once = kept?.once ?? fresh;
  const faults: Faults = asked ? faultsOf(form) : new Map<string, Fault>();

  const change = (next: F) => {
    setTouched(true);
    setText(JSON.stringify({ once, form: JSON.stringify(next) } satisfies Kept));
  };
  /** The form, when nothing is wrong with it. */
  const check = (): F | null => {
    const tidied = tidy(form);
    if (JSON.stringify(tidied) !== JSON.stringify(form)) change(tidied);
    setAsked(true);
    return faultsOf(tidied).size === 0 ? tidied : null;
  };
  const forget = () => {
    setText('');
    setAsked(false);
    setFresh(crypto.randomUUID());
  };
  /** What was sent under the last key is another thing from now on. The new key. */
  const renew = () => {
    const next = crypto.randomUUID();
    setFresh(next);
    setText(JSON.stringify({ once: next, form: JSON.stringify(form) } satisfies Kept));
    return next;
  };
  const errorOf = (at: string) => {
    const fault = faults.get(at);
    return fault ? wordsOf(fault) : problem?.errors[at]?.[0];
  };
  const wordsOf = (fault: Fault): string => {
    if (fault.why === 'long') return t('record.fault.long', { count: fault.most });
    return t(fault.why === 'sayNumber' ? 'record.sayNumber' : `record.fault.${fault.why}`);
  };

  return {
    form,
    once,
    faults,
    change,
    check,
    forget,
    renew,
    errorOf,
    found: kept !== null && !touched && JSON.stringify(form) !== JSON.stringify(first),
  };
}

function keptIn(text: string): Kept | null {
  try {
    const kept = text ? (JSON.parse(text) as Partial<Kept>) : null;
    return typeof kept?.once === 'string' && typeof kept.form === 'string' ? (kept as Kept) : null;
  } catch {
    return null;
  }
}
