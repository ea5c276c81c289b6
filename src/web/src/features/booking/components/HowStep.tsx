import type { FormEvent, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisitFormat } from '../../../parts/visit';
import { Button } from '../../../primitives/Button';
import { Choice } from '../../../primitives/Choice';
import { TextArea } from '../../../primitives/TextArea';
import type { Practitioner } from '../api/practitioners';
import { When } from './When';

interface HowStepProps {
  practitioner: Practitioner;
  name: string;
  at: string;
  zone: string;
  heading: RefObject<HTMLHeadingElement | null>;
  format: VisitFormat;
  reason: string;
  onFormat(format: VisitFormat): void;
  onReason(reason: string): void;
  onNext(): void;
}

/** Characters; the server's own limit. */
const longest = 1_000;

/** By what way, and, if one likes, why. */
export function HowStep({ practitioner, name, at, zone, heading, ...props }: HowStepProps) {
  const { t } = useTranslation();
  function submit(event: FormEvent) {
    event.preventDefault();
    props.onNext();
  }
  return (
    <form onSubmit={submit} className="fade-in flex flex-col gap-7">
      <When at={at} zone={zone} other={practitioner.timeZone} heading={heading}>
        {t('home.with', { name })}
      </When>
      <div className="measure flex flex-col gap-6">
        <Choice
          label={t('book.how')}
          value={props.format}
          options={practitioner.formats.map((value) => ({
            value,
            label: t(`how.${value}`),
            text: t(`how.${value}.text`),
          }))}
          onChange={props.onFormat}
        />
        <TextArea
          label={t('field.optional', { label: t('book.reason') })}
          help={t('book.reasonHelp', { name })}
          rows={3}
          maxLength={longest}
          value={props.reason}
          onChange={props.onReason}
        />
      </div>
      <div>
        <Button type="submit">{t('action.continue')}</Button>
      </div>
    </form>
  );
}
