import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../../api/queryKeys';
import { Loaded } from '../../../parts/Loaded';
import { useOwnOrganization } from '../api/organizations';
import { PageHead } from '../components/PageHead';
import { OrganizationForm } from './OrganizationForm';
import { OrganizationPictures } from './OrganizationPictures';

/** How the organization shows itself, and whom it lets in by itself. */
export function OrganizationPage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const organization = useOwnOrganization();
  const refresh = () => queries.invalidateQueries({ queryKey: queryKeys.ownOrganization });
  return (
    <div className="flex flex-col gap-8">
      <PageHead title={t('organization.title')} text={t('organization.text')} />
      <Loaded query={organization} lines={['h-40 w-full', 'h-12 w-full', 'h-12 w-2/3']}>
        {(data) => (
          <>
            <OrganizationPictures organization={data} onChanged={refresh} />
            <OrganizationForm key={data.id} organization={data} onSaved={refresh} />
          </>
        )}
      </Loaded>
    </div>
  );
}
