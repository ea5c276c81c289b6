import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import type { User } from '../../../api/session';
import { Quiet } from '../../../primitives/Quiet';
import { useNewestConversations } from '../api/conversations';
import { chatBase } from '../places';

/** Where a push leads: to the conversation with the newest word that was not read, or to all of them. A push names none, so this looks. */
export function NewestTalk({ role }: { role: User['role'] }) {
  const { t } = useTranslation();
  const { data, isFetchedAfterMount, isError } = useNewestConversations('always');
  if (!isError && !(data && isFetchedAfterMount)) return <Quiet words={t('app.loading')} />;
  const unread = data?.items.find(({ unreadCount }) => unreadCount > 0);
  return <Navigate to={unread ? `${chatBase(role)}/${unread.id}` : chatBase(role)} replace />;
}
