import { useTranslation } from 'react-i18next';
import type { User } from '../../../api/session';
import { Loaded } from '../../../parts/Loaded';
import { useOwnRules } from '../api/retention';
import { PageHead } from '../components/PageHead';
import { Holds } from './Holds';
import { OrganizationRules } from './OrganizationRules';
import { Purges } from './Purges';
import { Rules } from './Rules';

/** How long conversations are kept; for the platform's operators also what keeps them longer, and what was erased. */
export default function RetentionPage({ user }: { user: User }) {
  const { t } = useTranslation();
  const isOperator = user.role !== 'ADMIN_RH';
  return (
    <div className="flex flex-col gap-10">
      <PageHead title={t('keep.title')} text={t(isOperator ? 'keep.text' : 'keep.ownText')} />
      {isOperator ? (
        <>
          <OrganizationRules user={user} />
          <Holds />
          <Purges user={user} />
        </>
      ) : (
        <Own />
      )}
    </div>
  );
}

function Own() {
  return (
    <Loaded query={useOwnRules()} lines={['h-16 w-full', 'h-16 w-full', 'h-16 w-full']}>
      {(rules) => <Rules rules={rules} />}
    </Loaded>
  );
}
