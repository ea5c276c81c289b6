import { CircleAlert, CircleCheck, CircleMinus, TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../../i18n';
import type { Line } from '../model/words';
import { foundLines, type Measure, measuresOf, type TestFound } from './found';

interface TestReportProps {
  found: TestFound;
  name: string;
  /** The visit is to be seen, too. */
  camera: boolean;
  when: string;
}

const signs = {
  done: <CircleCheck aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-done" />,
  waiting: <TriangleAlert aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-waiting" />,
  urgent: <CircleAlert aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-urgent" />,
  soft: <CircleMinus aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-ink-soft" />,
};

/** One person's test: what it means for the visit, then each part, then the connection's figures. */
export function TestReport({ found, name, camera, when }: TestReportProps) {
  const { t } = useTranslation();
  const measures = measuresOf(found.network);
  return (
    <div className="flex max-w-2xl flex-col gap-4 border-line border-l-2 pl-4">
      <div className="measure">
        <p className="font-semibold text-large">{t(`test.found.verdict.${found.verdict}`, { name })}</p>
        <p className="text-ink-soft">{t('test.found.when', { when })}</p>
      </div>
      <ul className="grid gap-x-8 gap-y-1.5 tablet:grid-cols-2">
        {foundLines(found, camera).map((line) => (
          <Part key={line.part} line={line} />
        ))}
      </ul>
      {measures.length > 0 && (
        <dl className="grid grid-cols-3 gap-x-4 tablet:gap-x-8">
          {measures.map((measure) => (
            <Meter key={measure.what} measure={measure} />
          ))}
        </dl>
      )}
    </div>
  );
}

function Part({ line: { tone, said } }: { line: Line }) {
  const { t } = useTranslation();
  return (
    <li className="flex gap-2">
      {signs[tone]}
      <span>{t(said as 'test.line.good')}</span>
    </li>
  );
}

const fills = { done: 'bg-done', waiting: 'bg-waiting', urgent: 'bg-urgent' };

function Meter({ measure: { what, unit, value, part, tone } }: { measure: Measure }) {
  const { t } = useTranslation();
  const id = useId();
  const said = t(`test.found.unit.${unit}`, {
    value: value.toLocaleString(currentLanguage(), { maximumFractionDigits: 1 }),
  });
  return (
    <div className="flex min-w-0 flex-col justify-between gap-1">
      <dt id={id} className="text-ink-soft text-small">
        {t(`test.found.${what}`)}
      </dt>
      <dd className="flex flex-col gap-1.5">
        <span className="font-semibold tabular-nums">{said}</span>
        <meter aria-labelledby={id} aria-valuetext={said} max={1} value={part} className="sr-only" />
        <span aria-hidden="true" className="block h-1.5 overflow-hidden rounded-full bg-line">
          <span
            className={`block h-full rounded-full ${fills[tone]}`}
            style={{ width: `${Math.max(4, Math.round(part * 100))}%` }}
          />
        </span>
      </dd>
    </div>
  );
}
