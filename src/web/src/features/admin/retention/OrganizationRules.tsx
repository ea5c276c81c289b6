import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../../api/problem';
import type { User } from '../../../api/session';
import { Loaded } from '../../../parts/Loaded';
import { Refused } from '../../../parts/Refused';
import { SelectField } from '../../../primitives/SelectField';
import { Skeleton } from '../../../primitives/Skeleton';
import type { Organization } from '../api/organizations';
import { type RetentionRule, useRules } from '../api/retention';
import { RuleForm } from './RuleForm';
import { Rules } from './Rules';
import { useAllOrganizations } from './useAllOrganizations';

/** The rules of one organization, which the platform's operators change. */
export function OrganizationRules({ user }: { user: User }) {
  const { t } = useTranslation();
  const { all, error } = useAllOrganizations(user);
  const [chosen, setChosen] = useState('');
  if (!all) {
    if (error) return <Refused problem={Problem.from(error)} />;
    return <Skeleton label={t('list.loading')} lines={['h-16 w-full', 'h-16 w-full']} />;
  }
  const organization = all.find(({ id }) => id === chosen) ?? all[0];
  if (!organization) return <p className="text-ink-soft text-large">{t('keep.noOrganization')}</p>;
  return (
    <section aria-label={t('keep.title')} className="flex flex-col gap-5">
      <div className="max-w-md">
        <SelectField
          label={t('keep.organization')}
          value={organization.id}
          options={all.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setChosen}
        />
      </div>
      <Of key={organization.id} organization={organization} />
    </section>
  );
}

function Of({ organization }: { organization: Organization }) {
  const [changing, setChanging] = useState<RetentionRule | null>(null);
  return (
    <>
      <Loaded query={useRules(organization.id)} lines={['h-16 w-full', 'h-16 w-full', 'h-16 w-full']}>
        {(rules) => <Rules rules={rules} onChange={setChanging} />}
      </Loaded>
      {changing && <RuleForm organization={organization} rule={changing} onClose={() => setChanging(null)} />}
    </>
  );
}
