import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { shortDate } from '../../../i18n/time';
import { Loaded } from '../../../parts/Loaded';
import { Avatar } from '../../../primitives/Avatar';
import { TextField } from '../../../primitives/TextField';
import { usePatients } from '../api/patients';
import type { RecordKind } from '../api/records';
import { newRecord } from '../places';

/** Rows; more than that are found by their name. */
const shown = 30;
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/** For whom: chosen first, so that no draft of one patient ever stands under the name of another. */
export function PatientChoice({ kind }: { kind: RecordKind }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState('');
  const wanted = plain(useDeferredValue(asked).trim());
  return (
    <div className="flex flex-col gap-4">
      <TextField
        label={t('record.who')}
        help={t('record.whoHelp')}
        type="search"
        autoComplete="off"
        value={asked}
        onChange={setAsked}
      />
      <Loaded query={usePatients(true)} lines={['h-14 w-full', 'h-14 w-full', 'h-14 w-full']}>
        {(patients) => {
          const found = patients.filter(({ name }) => plain(name).includes(wanted));
          return (
            <>
              <p role="status" className={found.length > 0 ? 'sr-only' : 'text-ink-soft text-large'}>
                {found.length > 0 ? t('list.shown', { count: Math.min(found.length, shown) }) : t('record.whoNone')}
              </p>
              {found.length > 0 && (
                <ul aria-label={t('record.who')} className="border-line border-t">
                  {found.slice(0, shown).map(({ id, name, lastVisitAt }) => (
                    <li key={id} className="border-line border-b">
                      <Link
                        to={newRecord(kind, { patient: id })}
                        replace
                        className="flex min-h-16 items-center gap-3 rounded-inner px-2 py-2 hover:bg-well"
                      >
                        <Avatar name={name} />
                        <span className="flex min-w-0 flex-col">
                          <span className="break-words font-semibold">{name}</span>
                          <span className="text-ink-soft text-small">
                            {t('record.lastVisit', { date: shortDate(lastVisitAt) })}
                          </span>
                        </span>
                      </Link>
                    </li>
                  ))}
                </ul>
              )}
            </>
          );
        }}
      </Loaded>
    </div>
  );
}
