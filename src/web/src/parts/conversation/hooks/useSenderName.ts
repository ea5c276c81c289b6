import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../realtime/events';
import type { RoomState } from '../model/roomState';
import { participantName, senderOf } from '../people';

/** How a message's sender is called here: guests with what they are. */
export function useSenderName({ consultation, conversation, guests, participants }: RoomState, otherName: string) {
  const { t } = useTranslation();
  return useCallback(
    (message: Message) => {
      if (conversation) return participantName(conversation, message.senderId) ?? t('guest.someone');
      if (!consultation) return otherName;
      const { name, guest } = senderOf(message, consultation, { guests, participants });
      if (!guest) return name ?? otherName;
      return t('guest.named', { name: name ?? t('guest.someone'), role: t(`guest.${guest}`) });
    },
    [consultation, conversation, guests, participants, otherName, t],
  );
}
