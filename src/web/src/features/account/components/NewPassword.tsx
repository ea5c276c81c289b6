import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../api/problem';
import { focusFault } from '../../../hooks/focusFault';
import { useAct } from '../../../hooks/useAct';
import { passwordFault } from '../../../parts/fields';
import { Refused } from '../../../parts/Refused';
import { useFieldWords } from '../../../parts/useFieldWords';
import { Button } from '../../../primitives/Button';
import { PasswordField } from '../../../primitives/PasswordField';

interface NewPasswordProps {
  submit: string;
  busy: string;
  /** What a link that is not good any more says. */
  spent: string;
  act(password: string): Promise<unknown>;
  onDone(): void;
  /** What comes below, when the link is spent. */
  children?: ReactNode;
}

const isSpent = (problem: Problem | null) =>
  problem !== null && (problem.category === 'missing' || problem.category === 'conflict');

/** One field, once: it can be looked at, so it need not be typed twice. */
export function NewPassword({ submit, busy, spent, act, onDone, children }: NewPasswordProps) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState(false);
  const sending = useAct();
  const words = useFieldWords(asked, sending.problem);
  const over = isSpent(sending.problem) || Boolean(sending.problem?.errors.token);

  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    setAsked(true);
    if (!passwordFault(password) && (await sending.run(() => act(password)))) onDone();
    else focusFault(form);
  }

  return (
    <form onSubmit={onSubmit} noValidate className="flex flex-col gap-5">
      <Refused problem={sending.problem} shown={['password']} words={over ? spent : undefined} />
      {over && children}
      <PasswordField
        purpose="new"
        label={t('password.new')}
        help={t('password.help')}
        value={password}
        onChange={setPassword}
        error={words.password(password)}
      />
      <Button type="submit" wide busy={sending.busy && busy}>
        {submit}
      </Button>
    </form>
  );
}
