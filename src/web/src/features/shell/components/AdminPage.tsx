import { useTranslation } from 'react-i18next';
import type { User } from '../../../api/session';

/** Administrators see no consultation: said once, plainly. */
export function AdminPage({ user }: { user: User }) {
  const { t } = useTranslation();
  return (
    <div className="measure flex flex-col gap-5">
      <h1 className="font-bold text-lead">{t('admin.title')}</h1>
      <p className="text-ink-soft text-large">
        {user.organizationName ? t('admin.text', { organization: user.organizationName }) : t('admin.textOperator')}
      </p>
    </div>
  );
}
