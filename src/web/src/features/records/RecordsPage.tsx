import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { User } from '../../api/session';
import { useTitle } from '../../hooks/useTitle';
import { shortDate } from '../../i18n/time';
import { Rows } from '../../parts/Rows';
import { addressOf } from '../../parts/visit';
import { type ClinicalRecord, useRecords } from './api';
import { recordsBase } from './places';

/** Prescriptions and results, the newest first. */
export function RecordsPage({ user }: { user: User }) {
  const { t } = useTranslation();
  const query = useRecords();
  useTitle(t('record.title'));
  return (
    <div className="flex flex-col gap-6">
      <h1 className="font-bold text-lead">{t('record.title')}</h1>
      <Rows query={query} label={t('record.title')} empty={t('record.none')}>
        {(record) => <RecordRow record={record} user={user} />}
      </Rows>
    </div>
  );
}

function RecordRow({ record, user }: { record: ClinicalRecord; user: User }) {
  const { t } = useTranslation();
  const { prescription, exam, patient, practitioner, createdAt, id } = record;
  const other =
    user.id === patient.id ? addressOf({ title: practitioner.title ?? null, name: practitioner.name }) : patient.name;
  return (
    <Link to={`${recordsBase(user)}/${id}`} className="flex min-h-11 flex-col rounded-inner hover:bg-well">
      <span className="flex flex-wrap items-baseline gap-x-3">
        <span className="font-semibold">{exam ? exam.exam : t('record.prescription')}</span>
        <span className="text-ink-soft text-small">{shortDate(createdAt)}</span>
      </span>
      <span className="text-ink-soft">
        {[t('home.with', { name: other }), prescription?.medications?.map(({ medication }) => medication).join(', ')]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </Link>
  );
}
