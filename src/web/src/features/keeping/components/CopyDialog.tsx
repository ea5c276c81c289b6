import { KeyRound } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../../api/problem';
import { hasPasskeys } from '../../../api/webauthn';
import { focusFault } from '../../../hooks/focusFault';
import { fileSize } from '../../../i18n/time';
import { saveFile } from '../../../parts/download';
import { Refused } from '../../../parts/Refused';
import { Button } from '../../../primitives/Button';
import { Choice } from '../../../primitives/Choice';
import { Notice } from '../../../primitives/Notice';
import { PasswordField } from '../../../primitives/PasswordField';
import { Veil } from '../../../primitives/Question';
import { TextField } from '../../../primitives/TextField';
import { TextLink } from '../../../primitives/TextLink';
import { type CopyFormat, copyFormats, type Proof, passkeyProof, takeCopy, useFactors } from '../api/copies';
import { HowToVerify } from './HowToVerify';

export interface CopyDialogProps {
  conversation: string;
  /** Whom one talks to there; they are told. */
  others: string | null;
  onClose(): void;
}

type State =
  | { is: 'asked' | 'stopped' | 'broken' }
  | { is: 'proving' }
  | { is: 'running'; bytes: number }
  | { is: 'done'; bytes: number };

/** A signed copy of a conversation: in which form, whether it is really oneself, how far it is, and how it is verified. */
export default function CopyDialog({ conversation, others, onClose }: CopyDialogProps) {
  const { t } = useTranslation();
  const factors = useFactors();
  const [format, setFormat] = useState<CopyFormat>('html');
  const [noPdf, setNoPdf] = useState(false);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [state, setState] = useState<State>({ is: 'asked' });
  const [problem, setProblem] = useState<Problem | null>(null);
  const [turnedAway, setTurnedAway] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const abort = useRef<AbortController>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const underWay = state.is === 'proving' || state.is === 'running';
  const file = `conversation-${conversation}`;

  async function run(prove: () => Promise<Proof | null>) {
    if (underWay) return;
    const control = new AbortController();
    abort.current = control;
    setProblem(null);
    setTurnedAway(false);
    setState({ is: 'proving' });
    let begun = false;
    try {
      const proof = await prove();
      if (control.signal.aborted) return setState({ is: 'stopped' });
      if (!proof) {
        setTurnedAway(true);
        return setState({ is: 'asked' });
      }
      const onBytes = (bytes: number) => {
        begun = true;
        setState({ is: 'running', bytes });
      };
      const copy = await takeCopy(conversation, format, proof, onBytes, control.signal);
      saveFile(copy, `${file}.zip`);
      setState({ is: 'done', bytes: copy.size });
      setPassword('');
      setCode('');
    } catch (reason) {
      if (control.signal.aborted) return setState({ is: 'stopped' });
      // What broke off on its way was not refused: there is nothing to put right but to ask again.
      if (begun) return setState({ is: 'broken' });
      refused(Problem.from(reason));
    }
  }

  function refused(why: Problem) {
    setState({ is: 'asked' });
    setProblem(why);
    if (why.errors.format) {
      setNoPdf(true);
      setFormat('html');
    }
    focusFault(form.current);
  }

  const byWords = () => run(async () => ({ ...(password && { password }), ...(code.trim() && { code: code.trim() }) }));
  const mayUsePasskey = (factors.data?.passkeys ?? 0) > 0 && hasPasskeys();

  return (
    <Veil onClose={onClose}>
      <Dialog className="flex flex-col gap-4 outline-none">
        <Heading slot="title" className="font-bold text-title">
          {t('copy.title')}
        </Heading>
        {state.is === 'done' ? (
          <>
            <Notice tone="done">{t('copy.done', { file: `${file}.zip`, size: fileSize(state.bytes) })}</Notice>
            <HowToVerify file={`${file}.${format}`} />
            <div className="flex justify-end">
              <Button onPress={onClose} autoFocus>
                {t('action.close')}
              </Button>
            </div>
          </>
        ) : underWay ? (
          <>
            <p role="status" className="text-large">
              {state.is === 'running' && state.bytes > 0
                ? t('copy.running', { size: fileSize(state.bytes) })
                : t('copy.asking')}
            </p>
            <div aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-well">
              <div className="h-full w-full animate-pulse rounded-full bg-brand" />
            </div>
            <div className="flex justify-end">
              <Button look="quiet" onPress={() => abort.current?.abort()} autoFocus>
                {t('copy.stop')}
              </Button>
            </div>
          </>
        ) : (
          <form
            ref={form}
            noValidate
            className="flex flex-col gap-4"
            onSubmit={(event: FormEvent) => {
              event.preventDefault();
              void byWords();
            }}
          >
            <p className="text-ink-soft">{t('copy.text')}</p>
            <p className="font-semibold">{others ? t('copy.told', { name: others }) : t('copy.toldOthers')}</p>
            {state.is !== 'asked' && (
              <Notice tone="waiting" alert>
                {t(state.is === 'stopped' ? 'copy.stopped' : 'copy.broken')}
              </Notice>
            )}
            {problem?.code === 'no_proof' ? (
              <Notice tone="urgent" alert>
                {t('copy.noProof')} <TextLink to="/account/security">{t('copy.toSecurity')}</TextLink>
              </Notice>
            ) : (
              <Refused problem={problem} shown={['password', 'code']} />
            )}
            <Choice<CopyFormat>
              label={t('copy.format')}
              value={format}
              options={copyFormats
                .filter((one) => one !== 'pdf' || !noPdf)
                .map((value) => ({ value, label: t(`copy.format.${value}`), text: t(`copy.format.${value}.text`) }))}
              onChange={setFormat}
            />
            <fieldset className="flex flex-col gap-3">
              <legend className="mb-1 font-semibold">{t('copy.prove')}</legend>
              <p className="text-ink-soft text-small">{t('copy.proveText')}</p>
              {mayUsePasskey && (
                <Button look="quiet" onPress={() => void run(passkeyProof)}>
                  <KeyRound aria-hidden="true" className="size-5" />
                  {t('copy.passkey')}
                </Button>
              )}
              {turnedAway && (
                <p role="alert" className="text-small text-urgent">
                  {t('copy.turnedAway')}
                </p>
              )}
              <PasswordField
                purpose="current"
                label={t('copy.password')}
                value={password}
                onChange={setPassword}
                error={problem?.errors.password?.[0]}
              />
              {(factors.data?.totp || problem?.errors.code) && (
                <TextField
                  label={t('copy.code')}
                  name="code"
                  autoComplete="one-time-code"
                  verbatim
                  value={code}
                  onChange={setCode}
                  error={problem?.errors.code?.[0]}
                />
              )}
            </fieldset>
            <div className="mt-2 flex flex-wrap-reverse justify-end gap-3">
              <Button look="quiet" onPress={onClose}>
                {t('action.cancel')}
              </Button>
              <Button type="submit">{t('copy.start')}</Button>
            </div>
          </form>
        )}
      </Dialog>
    </Veil>
  );
}
