import { useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../../api/queryKeys';
import type { User } from '../../../api/session';
import { Rows } from '../../../parts/Rows';
import { Button } from '../../../primitives/Button';
import { SelectField } from '../../../primitives/SelectField';
import { TextField } from '../../../primitives/TextField';
import {
  type Organization,
  type OrganizationsFilter,
  organizationStates,
  useOrganizations,
} from '../api/organizations';
import { PageHead } from '../components/PageHead';
import { InviteAdminForm } from './InviteAdminForm';
import { NewOrganizationForm } from './NewOrganizationForm';
import { OrganizationRow } from './OrganizationRow';

export function OrganizationsPage({ user }: { user: User }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [filter, setFilter] = useState<OrganizationsFilter>({ search: '', status: '' });
  const [adding, setAdding] = useState(false);
  const [inviting, setInviting] = useState<Organization | null>(null);
  const organizations = useOrganizations(user, filter);
  const mayChange = user.role === 'ADMIN_HUNTZEN';
  const refresh = () => void queries.invalidateQueries({ queryKey: queryKeys.allOrganizations });
  return (
    <div className="flex flex-col gap-6">
      <PageHead title={t('organizations.title')} text={t('organizations.text')}>
        {mayChange && (
          <Button onPress={() => setAdding(true)}>
            <Plus aria-hidden="true" className="size-5" />
            {t('organizations.add')}
          </Button>
        )}
      </PageHead>
      <search className="grid items-end gap-4 tablet:grid-cols-[1fr_auto]">
        <TextField
          label={t('organizations.search')}
          type="search"
          value={filter.search}
          onChange={(search) => setFilter({ ...filter, search })}
        />
        <SelectField<OrganizationsFilter['status']>
          label={t('people.state')}
          value={filter.status}
          options={[
            { value: '', label: t('admin.all') },
            ...organizationStates.map((value) => ({ value, label: t(`organizations.is.${value}`) })),
          ]}
          onChange={(status) => setFilter({ ...filter, status })}
        />
      </search>
      <Rows query={organizations} label={t('organizations.title')} empty={t('organizations.empty')}>
        {(organization) => (
          <OrganizationRow
            organization={organization}
            mayChange={mayChange}
            onInvite={() => setInviting(organization)}
            onChanged={refresh}
          />
        )}
      </Rows>
      {adding && <NewOrganizationForm onSaved={refresh} onClose={() => setAdding(false)} />}
      {inviting && <InviteAdminForm organization={inviting} onClose={() => setInviting(null)} />}
    </div>
  );
}
