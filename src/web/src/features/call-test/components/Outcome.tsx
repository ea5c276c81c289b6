import { CircleAlert, CircleCheck, CircleMinus, TriangleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../primitives/Button';
import { type TestOutcome, type Verdict, verdictOf } from '../model/results';
import { type Line, linesOf } from '../model/words';
import { Step } from './Step';

interface OutcomeProps {
  outcome: TestOutcome;
  refused: boolean;
  camera: boolean;
  keep(outcome: TestOutcome & { verdict: Verdict }): Promise<void>;
  onAgain(): void;
  /** The way back. */
  children: ReactNode;
}

const signs = {
  done: <CircleCheck aria-hidden="true" className="mt-0.5 size-6 shrink-0 text-done" />,
  waiting: <TriangleAlert aria-hidden="true" className="mt-0.5 size-6 shrink-0 text-waiting" />,
  urgent: <CircleAlert aria-hidden="true" className="mt-0.5 size-6 shrink-0 text-urgent" />,
  soft: <CircleMinus aria-hidden="true" className="mt-0.5 size-6 shrink-0 text-ink-soft" />,
};

/** What it comes to: one sentence, then each part and what to do about it. */
export function Outcome({ outcome, refused, camera, keep, onAgain, children }: OutcomeProps) {
  const { t } = useTranslation();
  const verdict = verdictOf(outcome);
  const [kept, setKept] = useState<boolean | null>(null);
  const told = useRef(false);
  useEffect(() => {
    if (told.current) return;
    told.current = true;
    keep({ ...outcome, verdict }).then(
      () => setKept(true),
      () => setKept(false),
    );
  }, [keep, outcome, verdict]);
  return (
    <Step number={0} count={0} title={t(`test.verdict.${verdict}`)} text={t(`test.verdictText.${verdict}`)}>
      <ul className="border-line border-t">
        {linesOf(outcome, refused, camera).map((line) => (
          <Part key={line.part} line={line} network={line.part === 'network' ? outcome.network : null} />
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
        {children}
        <Button look="quiet" onPress={onAgain}>
          {t('test.again')}
        </Button>
      </div>
      <p role="status" className="measure text-ink-soft text-small">
        {kept !== null && t(kept ? 'test.kept' : 'test.notKept')}
      </p>
    </Step>
  );
}

function Part({ line, network }: { line: Line; network: TestOutcome['network'] | null }) {
  const { t } = useTranslation();
  const { roundTripMs, lossPercent, kilobitsPerSecond } = network ?? {};
  const measured = roundTripMs != null && lossPercent != null && kilobitsPerSecond != null;
  return (
    <li className="flex gap-3 border-line border-b py-4">
      {signs[line.tone]}
      <div className="flex min-w-0 flex-col gap-1">
        <h2 className="font-semibold text-large">{t(line.said as 'test.line.good')}</h2>
        {line.advice && <p className="measure">{t(line.advice as 'test.line.around')}</p>}
        {network && measured && (
          <p className="text-ink-soft tabular-nums">
            {t('test.figures', {
              rate: (kilobitsPerSecond / 1000).toLocaleString(document.documentElement.lang, {
                maximumFractionDigits: 1,
              }),
              trip: roundTripMs,
              loss: lossPercent.toLocaleString(document.documentElement.lang),
            })}
          </p>
        )}
        {network && (network.udp ?? network.tcp ?? network.tls) !== null && <Ways network={network} />}
      </div>
    </li>
  );
}

function Ways({ network }: { network: TestOutcome['network'] }) {
  const { t } = useTranslation();
  return (
    <ul className="flex flex-wrap gap-x-5 text-ink-soft">
      {(['udp', 'tcp', 'tls'] as const).map(
        (way) =>
          network[way] !== null && (
            <li key={way}>{t(network[way] ? 'test.way.open' : 'test.way.shut', { way: way.toUpperCase() })}</li>
          ),
      )}
    </ul>
  );
}
