import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clock, shortDate } from '../../../i18n/time';
import { Button } from '../../../primitives/Button';
import { type RecordVersion, valueFlags } from '../api/records';
import { type Change, changesBetween } from '../model/changes';
import { dayText } from '../model/days';
import { Content } from './Content';

/** All versions of a record that was corrected, newest first, each with what it made otherwise. */
export function History({ versions }: { versions: readonly RecordVersion[] }) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="history" className="flex flex-col gap-4 border-line border-t pt-6 print:hidden">
      <h2 id="history" className="font-bold text-title">
        {t('record.history')}
      </h2>
      <ol className="flex flex-col gap-5">
        {versions.map((version, i) => (
          <Version key={version.version} version={version} before={versions[i + 1] ?? null} isNewest={i === 0} />
        ))}
      </ol>
    </section>
  );
}

interface VersionProps {
  version: RecordVersion;
  before: RecordVersion | null;
  isNewest: boolean;
}

function Version({ version, before, isNewest }: VersionProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const changes = before ? changesBetween(before, version) : [];
  const title = t(isNewest ? 'record.versionNow' : 'record.version', { count: version.version });
  return (
    <li className={`flex flex-col gap-1 border-l-2 pl-4 ${isNewest ? 'border-brand' : 'border-line'}`}>
      <h3 className="font-semibold">{title}</h3>
      <p className="text-ink-soft text-small">
        {shortDate(version.createdAt)}, {clock(version.createdAt)}
      </p>
      {before ? (
        <ul aria-label={t('record.whatChanged')} className="measure flex flex-col gap-1">
          {changes.length === 0 && <li>{t('record.changed.order')}</li>}
          {changes.map((change) => (
            <li key={JSON.stringify(change)} className="break-words">
              {wordsOf(t, change)}
            </li>
          ))}
        </ul>
      ) : (
        <p>{t('record.versionFirst')}</p>
      )}
      {!isNewest && (
        <div>
          <Button
            look="plain"
            aria-expanded={open}
            aria-label={`${t('record.showVersion')}: ${title}`}
            onPress={() => setOpen(!open)}
          >
            {t(open ? 'action.close' : 'record.showVersion')}
          </Button>
        </div>
      )}
      {open && (
        <div className="fade-in py-2">
          <Content said={version} />
        </div>
      )}
    </li>
  );
}

function wordsOf(t: TFunction, change: Change): string {
  if (!('name' in change)) return t(`record.changed.${change.what}`);
  if (change.what !== 'from') return t(`record.changed.${change.what}`, { name: change.name });
  const { name, field, before, after } = change;
  const said = (text: string | null) => (text === null ? t('record.nothing') : textOf(t, field, text));
  const words = { field: t(`record.${field}`).toLocaleLowerCase(), before: said(before), after: said(after) };
  return name
    ? t('record.changed.from', { ...words, name })
    : t('record.changed.whole', { ...words, field: t(`record.${field}`) });
}

function textOf(t: TFunction, field: string, text: string): string {
  const flag = field === 'flagLabel' && valueFlags.find((one) => one === text);
  if (flag) return t(`record.flag.${flag}`);
  return field === 'examDate' ? dayText(text) : text;
}
