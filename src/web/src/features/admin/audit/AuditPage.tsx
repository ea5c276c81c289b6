import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { User } from '../../../api/session';
import { clock, shortDate } from '../../../i18n/time';
import { Rows } from '../../../parts/Rows';
import { SelectField } from '../../../primitives/SelectField';
import { TextField } from '../../../primitives/TextField';
import { type AuditEntry, type AuditFilter, auditActions, useAudit } from '../api/audit';
import { Badge } from '../components/Badge';
import { PageHead } from '../components/PageHead';

/** Who did what, and when. Ids and words for deeds; nothing of content. */
export function AuditPage({ user }: { user: User }) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<AuditFilter>({ action: '', from: '', to: '' });
  const entries = useAudit(user, filter);
  return (
    <div className="flex flex-col gap-6">
      <PageHead title={t('audit.title')} text={t(user.role === 'SUPER_ADMIN' ? 'audit.textAll' : 'audit.textOwn')} />
      <search className="grid items-end gap-4 tablet:grid-cols-3">
        <SelectField<AuditFilter['action']>
          label={t('audit.action')}
          value={filter.action}
          options={[
            { value: '', label: t('admin.all') },
            ...auditActions.map((value) => ({ value, label: t(`audit.did.${value}`) })),
          ]}
          onChange={(action) => setFilter({ ...filter, action })}
        />
        <TextField
          label={t('audit.from')}
          type="date"
          value={filter.from}
          onChange={(from) => setFilter({ ...filter, from })}
        />
        <TextField
          label={t('audit.to')}
          type="date"
          value={filter.to}
          onChange={(to) => setFilter({ ...filter, to })}
        />
      </search>
      <Rows query={entries} label={t('audit.title')} empty={t('audit.none')}>
        {(entry) => <Entry entry={entry} />}
      </Rows>
    </div>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  const facts = [entry.organization?.name, entry.resourceId, entry.ip, entry.code];
  return (
    <div className="grid gap-x-4 tablet:grid-cols-[9rem_1fr]">
      <span className="text-ink-soft tabular-nums">
        {shortDate(entry.at)} {clock(entry.at)}
      </span>
      <span className="flex min-w-0 flex-col">
        <span className="flex flex-wrap items-center gap-x-2">
          <span className="font-semibold">{entry.actor?.name ?? t('audit.nobody')}</span>
          {t(`audit.did.${entry.action}`)} · {entry.resource}
          {entry.outcome !== 'ok' && <Badge tone="waiting">{t('audit.refused')}</Badge>}
        </span>
        <span className="break-all text-ink-soft text-small">{facts.filter(Boolean).join(' · ')}</span>
      </span>
    </div>
  );
}
