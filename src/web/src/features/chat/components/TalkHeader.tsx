import {
  Archive,
  ArchiveRestore,
  ArrowLeft,
  CalendarClock,
  Ellipsis,
  FileDown,
  FileText,
  Lock,
  Search,
  ShieldCheck,
} from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { LinkWords } from '../../../parts/conversation/components/LinkWords';
import type { Room } from '../../../parts/conversation/model/room';
import type { RoomState } from '../../../parts/conversation/model/roomState';
import { Avatar } from '../../../primitives/Avatar';
import { IconButton } from '../../../primitives/Button';
import { Menu, MenuItem, MenuTrigger } from '../../../primitives/Menu';
import { Question } from '../../../primitives/Question';
import type { Conversation } from '../../../realtime/events';
import { type Keeping, KeepingDialog } from '../../keeping/ways';

interface TalkHeaderProps {
  room: Room;
  state: RoomState;
  conversation: Conversation;
  other: { id: string; name: string; plain: string };
  base: string;
  onSearch(): void;
}

/** With whom, whether they are there, how the line is, and what can be done with the conversation as a whole. */
export function TalkHeader({ room, state, conversation, other, base, onSearch }: TalkHeaderProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const [failed, setFailed] = useState(false);
  const [keeping, setKeeping] = useState<Keeping | null>(null);
  const { kind, status, id } = conversation;
  const here = state.presence.online.has(other.id);
  const mayClose = room.me.role === 'PRACTITIONER' && status !== 'closed';
  const visit = room.me.role === 'PRACTITIONER' ? `/professional/consultations/${id}` : `/patient/visits/${id}`;
  const isRecord = kind === 'prescription' || kind === 'exam';
  const record = room.me.role === 'PRACTITIONER' ? `/professional/records/${id}` : `/patient/records/${id}`;
  const move = (to: 'archive' | 'reopen') => {
    setFailed(false);
    room.move(to).catch(() => setFailed(true));
  };
  return (
    <header className="border-line border-b bg-paper">
      <div className="mx-auto flex min-h-16 w-full max-w-3xl items-center gap-1 py-2 pr-1.5 pl-1.5 tablet:gap-2.5 tablet:pr-2.5 tablet:pl-5">
        <Link
          to={base}
          aria-label={t('chat.back')}
          className="grid size-11 shrink-0 place-items-center rounded-outer text-ink-soft hover:bg-well hover:text-ink tablet:hidden"
        >
          <ArrowLeft aria-hidden="true" className="size-5" />
        </Link>
        <span className="max-tablet:hidden">
          <Avatar name={other.plain} />
        </span>
        <div className="min-w-0 flex-1">
          <h1 className="line-clamp-2 font-bold text-large leading-tight">{other.name}</h1>
          <p className="flex flex-wrap gap-x-1.5 text-ink-soft text-small">
            {kind !== 'direct' && <span className="text-info">{t(`chat.kind.${kind}`)}</span>}
            {state.joined && (
              <span className={here || kind === 'direct' ? '' : 'max-tablet:sr-only'}>
                {kind !== 'direct' && <Dot />}
                <span className={here ? 'font-semibold text-done' : ''}>
                  {state.presence.typing.has(other.id) ? t('room.typing') : t(here ? 'room.online' : 'room.away')}
                </span>
              </span>
            )}
            {/* Whoever is seen to be there, or not, is connected: on a phone that is one line. */}
            <span className={state.joined ? 'max-tablet:sr-only' : 'flex gap-1.5'}>
              {(state.joined || kind !== 'direct') && <Dot />}
              <LinkWords status={state.link} />
            </span>
          </p>
        </div>
        <IconButton label={t('chat.searchHere')} onPress={onSearch}>
          <Search aria-hidden="true" className="size-5" />
        </IconButton>
        <MenuTrigger>
          <IconButton label={t('chat.more')}>
            <Ellipsis aria-hidden="true" className="size-5" />
          </IconButton>
          <Menu label={t('chat.more')}>
            {isRecord && (
              <MenuItem
                icon={<FileText aria-hidden="true" className="size-5" />}
                onAction={() => void navigate(record)}
              >
                {t('chat.toRecord')}
              </MenuItem>
            )}
            {kind === 'consultation' && (
              <MenuItem
                icon={<CalendarClock aria-hidden="true" className="size-5" />}
                onAction={() => void navigate(visit)}
              >
                {t('chat.toVisit')}
              </MenuItem>
            )}
            {kind !== 'consultation' && status === 'active' && (
              <MenuItem icon={<Archive aria-hidden="true" className="size-5" />} onAction={() => move('archive')}>
                {t('chat.archive')}
              </MenuItem>
            )}
            {status === 'archived' && (
              <MenuItem icon={<ArchiveRestore aria-hidden="true" className="size-5" />} onAction={() => move('reopen')}>
                {t('chat.reopen')}
              </MenuItem>
            )}
            {kind !== 'consultation' && mayClose && (
              <MenuItem danger icon={<Lock aria-hidden="true" className="size-5" />} onAction={() => setAsking(true)}>
                {t('chat.close')}
              </MenuItem>
            )}
            <MenuItem icon={<FileDown aria-hidden="true" className="size-5" />} onAction={() => setKeeping('copy')}>
              {t('copy.take')}
            </MenuItem>
            {room.me.role === 'PRACTITIONER' && (
              <MenuItem
                icon={<ShieldCheck aria-hidden="true" className="size-5" />}
                onAction={() => setKeeping('hold')}
              >
                {t('hold.this')}
              </MenuItem>
            )}
          </Menu>
        </MenuTrigger>
      </div>
      {failed && (
        <p role="alert" className="px-5 pb-2 text-center text-small text-urgent">
          {t('chat.failed')}
        </p>
      )}
      <KeepingDialog open={keeping} conversation={id} others={other.name} onClose={() => setKeeping(null)} />
      {asking && (
        <Question
          title={t('chat.closeTitle', { name: other.name })}
          text={t('chat.closeText')}
          confirm={t('chat.close')}
          busy={t('chat.closing')}
          failed={t('chat.failed')}
          act={() => room.move('close')}
          onClose={() => setAsking(false)}
        />
      )}
    </header>
  );
}

const Dot = () => <span aria-hidden="true">{'· '}</span>;
