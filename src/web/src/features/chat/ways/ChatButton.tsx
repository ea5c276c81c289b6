import { MessagesSquare } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useAct } from '../../../hooks/useAct';
import { Refused } from '../../../parts/Refused';
import { Button } from '../../../primitives/Button';
import type { Conversation } from '../../../realtime/events';
import { session } from '../../../session';
import { chatBase } from '../places';

/** Opens the one direct conversation with somebody, which begins with the first who asks for it. */
export function ChatButton({
  with: { id, name },
  as,
}: {
  with: { id: string; name: string };
  as: 'EMPLOYEE' | 'PRACTITIONER';
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { busy, problem, run } = useAct();
  const open = async () => {
    const opened = await session.request<Conversation>('/api/conversations', { method: 'POST', body: { userId: id } });
    await navigate(`${chatBase(as)}/${opened.id}`);
  };
  return (
    <>
      <Button look="plain" busy={busy && t('chat.opening')} onPress={() => void run(open)}>
        <MessagesSquare aria-hidden="true" className="size-4" />
        {t('chat.with', { name })}
      </Button>
      <Refused problem={problem} />
    </>
  );
}
