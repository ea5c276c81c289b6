import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/problem';
import type { Challenge, Session } from '../../api/session';
import { hasPasskeys } from '../../api/webauthn';
import { useAct } from '../../hooks/useAct';
import { Button } from '../../primitives/Button';
import { Notice } from '../../primitives/Notice';
import { TextField } from '../../primitives/TextField';
import { Door, useProblemWords } from '../shell';
import { signInWithPasskey, TurnedAway } from './passkey';

interface SecondStepProps {
  challenge: Challenge;
  session: Pick<Session, 'confirm' | 'signInWithPasskey'>;
  onBack(): void;
}

/** Digits of an app's code. */
const length = 6;

/** After the password: the app's code, a recovery code, or a passkey. */
export default function SecondStep({ challenge: { challenge, methods }, session, onBack }: SecondStepProps) {
  const { t } = useTranslation();
  const wordsFor = useProblemWords();
  const has = (method: Challenge['methods'][number]) => methods.includes(method);
  const [way, setWay] = useState<'app' | 'recovery'>(has('totp') ? 'app' : 'recovery');
  const [code, setCode] = useState('');
  const [turnedAway, setTurnedAway] = useState(false);
  const { busy, problem, run, forget } = useAct();
  const field = useRef<HTMLFormElement>(null);
  const passkey = has('passkey') && hasPasskeys();
  const codes = has('totp') || has('recovery');
  // biome-ignore lint/correctness/useExhaustiveDependencies: another way has another field, and the hands are on the keyboard.
  useEffect(() => field.current?.querySelector('input')?.focus(), [way]);

  const confirm = (text: string) => run(() => session.confirm(challenge, text)).then((done) => done || setCode(''));

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (code.trim()) await confirm(code.trim());
  }

  function type(text: string) {
    if (way === 'recovery') return setCode(text);
    const digits = text.replace(/\D/g, '').slice(0, length);
    setCode(digits);
    // The last digit says it all; who pastes the code is in at once.
    if (digits.length === length && digits !== code && !busy) void confirm(digits);
  }

  function change(next: 'app' | 'recovery') {
    setWay(next);
    setCode('');
    forget();
  }

  async function askPasskey() {
    setTurnedAway(false);
    await run(() =>
      signInWithPasskey(session).catch((reason) => {
        if (!(reason instanceof TurnedAway)) throw reason;
        setTurnedAway(true);
      }),
    );
  }

  return (
    <Door title={t('step.title')} lead={t(codes ? (way === 'app' ? 'step.app' : 'step.recovery') : 'step.passkeyOnly')}>
      <form ref={field} onSubmit={submit} noValidate className="flex flex-col gap-5">
        {(problem || turnedAway) && (
          <Notice tone={turnedAway ? 'waiting' : 'urgent'} alert>
            {problem ? refusalOf(problem) : t('signIn.turnedAway')}
          </Notice>
        )}
        {codes && (
          <>
            <TextField
              key={way}
              label={t(way === 'app' ? 'step.code' : 'step.recoveryCode')}
              name="code"
              autoComplete={way === 'app' ? 'one-time-code' : 'off'}
              inputMode={way === 'app' ? 'numeric' : 'text'}
              verbatim
              value={code}
              onChange={type}
            />
            <Button type="submit" wide busy={busy && t('signIn.busy')}>
              {t('step.submit')}
            </Button>
          </>
        )}
      </form>
      <div className="-mt-3 flex flex-col items-start gap-1">
        {passkey && (
          <Button look={codes ? 'plain' : 'primary'} onPress={askPasskey}>
            {t('step.usePasskey')}
          </Button>
        )}
        {way === 'app' && has('recovery') && (
          <Button look="plain" onPress={() => change('recovery')}>
            {t('step.useRecovery')}
          </Button>
        )}
        {way === 'recovery' && has('totp') && (
          <Button look="plain" onPress={() => change('app')}>
            {t('step.useApp')}
          </Button>
        )}
        <Button look="plain" onPress={onBack}>
          {t('step.back')}
        </Button>
      </div>
    </Door>
  );

  function refusalOf(refusal: Problem): string {
    if (refusal.code === 'challenge_spent') return t('step.over');
    const wrong = refusal.category === 'signIn' || refusal.category === 'invalid';
    if (!wrong) return wordsFor(refusal);
    return t(way === 'app' ? 'step.wrong' : 'step.wrongRecovery');
  }
}
