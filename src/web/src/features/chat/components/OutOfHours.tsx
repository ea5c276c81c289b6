import { Moon, Phone } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { clock, dayName } from '../../../i18n/time';
import type { Hours } from '../api/hours';

/** To a patient who writes while nobody works: when an answer can be expected, and whom to call if that is too late. */
export function OutOfHours({ hours, name }: { hours: Hours; name: string }) {
  const { t } = useTranslation();
  const { nextAnswerAt, emergencyNumbers } = hours;
  return (
    <section aria-label={t('away.label')} className="border-line border-t bg-well">
      <div className="mx-auto flex w-full max-w-3xl flex-wrap items-center gap-x-6 px-5 py-1.5 text-small">
        <p className="flex min-w-60 flex-1 items-start gap-2 pt-1">
          <Moon aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-ink-soft" />
          <span>
            {nextAnswerAt
              ? t('away.until', { name, when: t('away.at', { day: dayName(nextAnswerAt), time: clock(nextAnswerAt) }) })
              : t('away.unknown', { name })}
          </span>
        </p>
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="text-ink-soft">{t('away.call')}</span>
          {emergencyNumbers.map((number) => (
            <a
              key={number}
              href={`tel:${number.replaceAll(' ', '')}`}
              aria-label={t('away.callNumber', { number })}
              className="inline-flex min-h-11 items-center gap-1.5 rounded-outer px-2 font-bold text-base text-urgent underline-offset-4 hover:underline"
            >
              <Phone aria-hidden="true" className="size-4" />
              {number}
            </a>
          ))}
        </p>
      </div>
    </section>
  );
}
