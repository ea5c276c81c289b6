import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { Notice } from '../primitives/Notice';

/** What a page of a visit is opened with by a link into it, when somebody follows it who has no use for one. */
export const byOwnLink = { byOwnLink: true };

/** Why one is on this page, and not a guest of one's own visit. */
export function OwnLink() {
  const { t } = useTranslation();
  const { state } = useLocation() as { state: Partial<typeof byOwnLink> | null };
  return state?.byOwnLink ? <Notice tone="info">{t('link.own')}</Notice> : null;
}
