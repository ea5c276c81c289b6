import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../../api/problem';
import { useAct } from '../../../hooks/useAct';
import { digitsOf } from '../../../parts/fields';
import { Refused } from '../../../parts/Refused';
import { Button } from '../../../primitives/Button';
import { Notice } from '../../../primitives/Notice';
import { Skeleton } from '../../../primitives/Skeleton';
import { TextField } from '../../../primitives/TextField';
import { ProblemPage } from '../../shell';
import { type AppKey, confirmApp, startApp } from '../api/secondFactor';
import { RecoveryCodes } from './RecoveryCodes';

interface AppSetUpProps {
  email: string;
  onDone(): void;
  /** The way back, until there is no way back. */
  back: ReactNode;
}

/** From a key on the screen to codes on paper. */
export function AppSetUp({ email, onDone, back }: AppSetUpProps) {
  const { t } = useTranslation();
  const [key, setKey] = useState<AppKey | Problem | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  useEffect(() => {
    let here = true;
    startApp()
      .then((made) => here && setKey(made))
      .catch((reason) => here && setKey(Problem.from(reason)));
    return () => {
      here = false;
    };
  }, []);

  if (codes) return <RecoveryCodes codes={codes} email={email} onKept={onDone} />;
  if (key instanceof Problem) return <ProblemPage category={key.category} home={false} />;
  if (!key) return <Skeleton label={t('setup2.loading')} lines={['h-6 w-2/3', 'size-52', 'h-12 w-full']} />;
  return (
    <div className="fade-in flex flex-col gap-10">
      <div className="measure flex flex-col gap-2">
        <h1 className="font-bold text-lead">{t('setup2.app')}</h1>
        <p className="text-ink-soft text-large">{t('setup2.appText')}</p>
      </div>
      <Scan appKey={key} />
      <Confirm onCodes={setCodes} />
      <div>{back}</div>
    </div>
  );
}

function Scan({ appKey: { secret, otpauthUri, qrSvg } }: { appKey: AppKey }) {
  const { t } = useTranslation();
  return (
    <section className="flex flex-col gap-4" aria-labelledby="scan">
      <div className="measure flex flex-col gap-2">
        <h2 id="scan" className="font-bold text-title">
          <Step number={1} /> {t('setup2.scanTitle')}
        </h2>
        <p className="text-ink-soft">{t('setup2.scan')}</p>
      </div>
      {/* White in the dark too: cameras want it. */}
      <img
        src={`data:image/svg+xml,${encodeURIComponent(qrSvg)}`}
        alt={t('setup2.qr')}
        className="size-52 rounded-outer border border-line bg-[white] p-2"
      />
      <a
        href={otpauthUri}
        className="inline-flex min-h-11 items-center font-semibold text-brand underline-offset-4 hover:underline tablet:hidden"
      >
        {t('setup2.openApp')}
      </a>
      <div className="flex flex-col gap-1">
        <p className="text-ink-soft text-small">{t('setup2.byHand')}</p>
        <code className="select-all font-sans font-semibold tracking-wide">{grouped(secret)}</code>
      </div>
    </section>
  );
}

function Confirm({ onCodes }: { onCodes(codes: readonly string[]): void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [asked, setAsked] = useState(false);
  const { busy, problem, run } = useAct();
  const wrong = problem?.category === 'invalid' || problem?.category === 'signIn';

  async function submit(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    if (code.length === 6) await run(async () => onCodes(await confirmApp(code)));
  }

  return (
    <section aria-labelledby="confirm">
      <form onSubmit={submit} noValidate className="flex max-w-sm flex-col gap-4">
        <h2 id="confirm" className="font-bold text-title">
          <Step number={2} /> {t('setup2.confirmTitle')}
        </h2>
        {wrong ? (
          <Notice tone="urgent" alert>
            {t('setup2.wrong')}
          </Notice>
        ) : (
          <Refused problem={problem} />
        )}
        <TextField
          label={t('step.code')}
          name="code"
          autoComplete="one-time-code"
          inputMode="numeric"
          value={code}
          onChange={(text) => setCode(digitsOf(text))}
          error={asked && code.length < 6 ? t('setup2.six') : undefined}
        />
        <div>
          <Button type="submit" busy={busy && t('setup2.confirming')}>
            {t('setup2.confirm')}
          </Button>
        </div>
      </form>
    </section>
  );
}

const Step = ({ number }: { number: number }) => <span className="text-ink-soft">{number}.</span>;

/** Four by four, so that eyes keep their place. */
const grouped = (secret: string) => secret.match(/.{1,4}/g)?.join(' ') ?? secret;
