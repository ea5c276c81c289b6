import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '../../../primitives/Button';

interface StepsProps {
  at: 'how' | 'confirm';
  /** Where another time is chosen. */
  back: string;
  onHow(): void;
}

/** The three steps of a booking; those that are done lead back. */
export function Steps({ at, back, onHow }: StepsProps) {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('book.steps')}>
      <ol className="flex flex-wrap items-center gap-x-1.5 max-tablet:text-small tablet:gap-x-2">
        <li className="flex items-center gap-1.5 tablet:gap-2">
          <Sign done>1</Sign>
          <Link to={back} className="inline-flex min-h-11 items-center text-brand underline-offset-4 hover:underline">
            {t('book.step.time')}
          </Link>
        </li>
        <Line />
        <li aria-current={at === 'how' ? 'step' : undefined} className="flex items-center gap-1.5 tablet:gap-2">
          <Sign done={at === 'confirm'} now={at === 'how'}>
            2
          </Sign>
          {at === 'how' ? (
            <span className="font-semibold">{t('book.step.how')}</span>
          ) : (
            <Button look="plain" onPress={onHow}>
              <span className="font-normal">{t('book.step.how')}</span>
            </Button>
          )}
        </li>
        <Line />
        <li
          aria-current={at === 'confirm' ? 'step' : undefined}
          className="flex min-h-11 items-center gap-1.5 tablet:gap-2"
        >
          <Sign now={at === 'confirm'}>3</Sign>
          <span className={at === 'confirm' ? 'font-semibold' : 'text-ink-soft'}>{t('book.step.confirm')}</span>
        </li>
      </ol>
    </nav>
  );
}

function Sign({ done, now, children }: { done?: boolean; now?: boolean; children: string }) {
  const look = done
    ? 'border-brand bg-brand-soft text-brand'
    : now
      ? 'border-brand bg-brand text-on-brand'
      : 'border-ink-faint text-ink-soft';
  return (
    <span
      aria-hidden="true"
      className={`grid size-6 shrink-0 place-items-center rounded-full border font-semibold text-small ${look}`}
    >
      {done ? <Check className="size-3.5" /> : children}
    </span>
  );
}

const Line = () => <li aria-hidden="true" className="h-px w-2 bg-line tablet:w-8" />;
