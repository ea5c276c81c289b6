import { ChevronRight, FlaskConical, Pill } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { User } from '../../../api/session';
import { shortDate } from '../../../i18n/time';
import { addressOf } from '../../../parts/visit';
import { type ClinicalRecord, isCorrected } from '../api/records';
import { dayText } from '../model/days';
import { isPractitioner, placeOf } from '../places';

interface RecordRowProps {
  record: ClinicalRecord;
  user: Pick<User, 'role'>;
  /** Says of whom it is: not where the whole page is about them. */
  named?: boolean;
}

/** One record in a list: what it is, of when, for whom or by whom, and whether something in it is far off. */
export function RecordRow({ record, user, named = true }: RecordRowProps) {
  const { t } = useTranslation();
  const { prescription, exam, patient, practitioner, createdAt, id } = record;
  const writes = isPractitioner(user);
  const name = writes ? patient.name : addressOf({ title: practitioner.title ?? null, name: practitioner.name });
  const Sign = exam ? FlaskConical : Pill;
  const medicines = prescription?.medications?.map(({ medication }) => medication).join(', ');
  const critical = exam?.values?.some(({ flag }) => flag?.startsWith('critical'));
  const facts = [
    !exam && t('record.prescription'),
    named && t(writes ? 'record.forPatient' : 'record.byAuthor', { name }),
    isCorrected(record) && t('record.correctedShort'),
    exam?.reportFileId && t('record.withReport'),
  ];
  return (
    <Link
      to={placeOf(user, id)}
      className="-mx-3 grid min-h-14 grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 rounded-outer px-3 py-1 hover:bg-well"
    >
      <Sign aria-hidden="true" className="size-5 self-start text-ink-soft max-tablet:mt-1 tablet:mt-1" />
      <span className="flex min-w-0 flex-col">
        <span className="flex flex-wrap items-baseline gap-x-3">
          <span className="break-words font-semibold text-large">{exam ? exam.exam : medicines}</span>
          <span className="text-ink-soft">{exam?.date ? dayText(exam.date) : shortDate(createdAt)}</span>
          {critical && <span className="font-semibold text-small text-urgent">{t('record.critical')}</span>}
        </span>
        {exam?.conclusion && <span className="line-clamp-2 break-words">{exam.conclusion}</span>}
        <span className="text-ink-soft text-small">{facts.filter(Boolean).join(' · ')}</span>
      </span>
      <ChevronRight aria-hidden="true" className="size-4 text-ink-faint" />
    </Link>
  );
}
