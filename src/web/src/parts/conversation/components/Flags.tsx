import { CircleCheck, MessageCircleQuestion, Pin, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../hooks/useAct';
import { clock } from '../../../i18n/time';
import { Button } from '../../../primitives/Button';
import type { Message } from '../../../realtime/events';
import { intentsOf } from '../model/intents';
import type { Room } from '../model/room';

const intents = Object.values(intentsOf).flat();

/** What is special about a message, in words: it cannot wait, asks for an answer, is kept at hand, is about something. */
export function Flags({ message, own }: { message: Message; own: boolean }) {
  const { t } = useTranslation();
  const { urgent, requiresResponse, pinnedAt } = message;
  const intent = intents.find((known) => known === message.intent);
  if (!urgent && !requiresResponse && !pinnedAt && !intent) return null;
  return (
    <p className={`flex flex-wrap gap-x-3 pb-0.5 text-small ${own ? 'justify-end' : ''}`}>
      {urgent && (
        <Flag tone="font-semibold text-urgent" sign={<TriangleAlert aria-hidden="true" className="size-4" />}>
          {t('message.urgent')}
        </Flag>
      )}
      {requiresResponse && (
        <Flag tone="font-semibold text-waiting" sign={<MessageCircleQuestion aria-hidden="true" className="size-4" />}>
          {t('message.asksAnswer')}
        </Flag>
      )}
      {intent && <Flag tone="font-semibold text-info">{t(`intent.${intent}`)}</Flag>}
      {pinnedAt && (
        <Flag tone="text-ink-soft" sign={<Pin aria-hidden="true" className="size-4" />}>
          {t('message.pinned')}
        </Flag>
      )}
    </p>
  );
}

/** Whether somebody has seen to an urgent message; for a practitioner, the way to say so. */
export function SeenTo({ room, message, own }: { room: Room; message: Message; own: boolean }) {
  const { t } = useTranslation();
  const { busy, problem, run } = useAct();
  const { urgent, acknowledgedAt } = message;
  if (!urgent) return null;
  return (
    <div className={`flex flex-col text-small ${own ? 'items-end' : 'items-start'}`}>
      {acknowledgedAt ? (
        <Flag tone="text-done" sign={<CircleCheck aria-hidden="true" className="size-4" />}>
          {t('message.acknowledged', { time: clock(acknowledgedAt) })}
        </Flag>
      ) : own || room.me.role !== 'PRACTITIONER' ? (
        <span className="text-ink-soft">{t('message.notAcknowledged')}</span>
      ) : (
        <div className="py-1">
          <Button
            look="quiet"
            busy={busy && t('message.acknowledging')}
            onPress={() => void run(() => room.acknowledge(message))}
          >
            <CircleCheck aria-hidden="true" className="size-4" />
            {t('message.acknowledge')}
          </Button>
        </div>
      )}
      {problem && (
        <span role="alert" className="text-urgent">
          {t('message.changeFailed')}
        </span>
      )}
    </div>
  );
}

function Flag({ sign, tone, children }: { sign?: ReactNode; tone: string; children: string }) {
  return (
    <span className={`inline-flex items-center gap-1 ${tone}`}>
      {sign}
      {children}
    </span>
  );
}
