import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../api/problem';
import { Refused } from '../../../parts/Refused';
import { formatKey, type VisitFormat } from '../../../parts/visit';
import { Button } from '../../../primitives/Button';
import type { Practitioner } from '../api/practitioners';
import { When } from './When';

interface ConfirmStepProps {
  practitioner: Practitioner;
  name: string;
  at: string;
  zone: string;
  heading: RefObject<HTMLHeadingElement | null>;
  format: VisitFormat;
  reason: string;
  problem: Problem | null;
  busy: boolean;
  /** The time is kept. */
  ready: boolean;
  onBack(): void;
  onConfirm(): void;
}

/** The whole visit once more, and yes. */
export function ConfirmStep({ practitioner, name, at, zone, heading, format, reason, ...props }: ConfirmStepProps) {
  const { t } = useTranslation();
  return (
    <section className="fade-in flex flex-col gap-7">
      <When at={at} zone={zone} other={practitioner.timeZone} heading={heading}>
        {[t('home.with', { name }), t(formatKey(format))].join(' · ')}
      </When>
      <div className="measure flex flex-col gap-4">
        {reason && (
          <figure className="border-brand border-l-2 pl-4">
            <figcaption className="text-ink-soft text-small">{t('book.reason')}</figcaption>
            <blockquote className="whitespace-pre-line">{reason}</blockquote>
          </figure>
        )}
        <p className="text-ink-soft">{t('book.whoReads', { name })}</p>
        <Refused problem={props.problem} />
      </div>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
        <Button isDisabled={!props.ready} busy={props.busy && t('book.busy')} onPress={props.onConfirm}>
          {t('book.confirm')}
        </Button>
        <Button look="plain" onPress={props.onBack}>
          {t('action.back')}
        </Button>
      </div>
    </section>
  );
}
