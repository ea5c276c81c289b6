import { useTranslation } from 'react-i18next';
import { useNewestConversations } from '../api/conversations';
import { useInbox } from '../hooks/useInbox';

/** How many conversations hold something new, beside the way to them; it also keeps every list of them live. */
export function ChatCount() {
  const { t } = useTranslation();
  const { data } = useNewestConversations();
  useInbox();
  const count = data?.items.filter(({ unreadCount }) => unreadCount > 0).length ?? 0;
  if (count === 0) return null;
  return (
    <span className="grid min-w-5 place-items-center rounded-full bg-brand px-1.5 font-semibold text-on-brand text-small leading-5">
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span className="sr-only">{t('chat.unread', { count })}</span>
    </span>
  );
}
