import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Segments } from '../../../primitives/Segments';
import type { Conversation } from '../../../realtime/events';
import { type Intent, intentsOf, recordLength } from '../model/intents';
import type { Room } from '../model/room';
import type { RoomState } from '../model/roomState';
import type { otherPeople } from '../people';
import { Announcements } from './Announcements';
import { Conversing } from './Conversing';

interface TalkingProps {
  room: Room;
  state: RoomState;
  conversation: Conversation;
  other: ReturnType<typeof otherPeople>;
  emptyWords: string;
  focusFirst?: boolean;
  notice?: ReactNode;
  urgentHelp?: string;
}

/** A conversation that is not a visit's: about a prescription or a result, one says what a message is for. */
export function Talking({ conversation: { status, kind }, other, ...conversing }: TalkingProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Intent | null>(null);
  const intents: readonly Intent[] | null = kind === 'prescription' || kind === 'exam' ? intentsOf[kind] : null;
  const intent = chosen ?? intents?.[0];
  const words = { active: null, archived: t('chat.isArchived'), closed: t('chat.closed') };
  return (
    <>
      <Conversing
        {...conversing}
        otherName={other.name}
        writable={status === 'active'}
        shut={words[status]}
        marks
        {...(intents &&
          intent && {
            maxLength: recordLength,
            intent,
            aboveComposer: (
              <Segments<Intent>
                quiet
                label={t('intent.label')}
                value={intent}
                options={intents.map((value) => ({ value, label: t(`intent.${value}`) }))}
                onChange={setChosen}
              />
            ),
          })}
      />
      <Announcements room={conversing.room} state={conversing.state} other={other} />
    </>
  );
}
