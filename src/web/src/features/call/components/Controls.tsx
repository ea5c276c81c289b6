import {
  EllipsisVertical,
  MessageSquare,
  Mic,
  MicOff,
  MonitorUp,
  MonitorX,
  PhoneOff,
  Video,
  VideoOff,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { useTranslation } from 'react-i18next';
import type { CallActs } from '../hooks/useCallActs';
import type { CallState } from '../model/callState';

interface ControlsProps {
  state: CallState;
  acts: CallActs;
  talking: boolean;
  unseen: number;
}

/** What is done most, in reach of a thumb, each with its name below. */
export function Controls({ state: { media }, acts, talking, unseen }: ControlsProps) {
  const { t } = useTranslation();
  const heard = media.microphone !== null && media.microphoneOn;
  const seen = media.camera !== null;
  const shares = media.screen !== null;
  return (
    <div
      role="toolbar"
      aria-label={t('call.controls')}
      className="mx-auto flex w-full max-w-xl shrink-0 justify-around px-1 pt-2 pb-[max(0.5rem,env(safe-area-inset-bottom))]"
    >
      <Control label={t('call.microphone')} keys="M" on={heard} alarm={!heard} onPress={acts.microphone}>
        {heard ? <Mic aria-hidden="true" /> : <MicOff aria-hidden="true" />}
      </Control>
      <Control label={t('call.camera')} keys="V" on={seen} alarm={!seen} onPress={acts.camera}>
        {seen ? <Video aria-hidden="true" /> : <VideoOff aria-hidden="true" />}
      </Control>
      {acts.canShare && (
        <Control label={t('call.share')} keys="S" on={shares} onPress={acts.share}>
          {shares ? <MonitorX aria-hidden="true" /> : <MonitorUp aria-hidden="true" />}
        </Control>
      )}
      <Control
        label={t('call.messages')}
        note={unseen > 0 && !talking ? t('call.unread', { count: unseen }) : undefined}
        keys="C"
        on={talking}
        onPress={acts.talk}
      >
        <MessageSquare aria-hidden="true" />
        {unseen > 0 && !talking && (
          <span
            aria-hidden="true"
            className="absolute -top-1 -right-1 grid min-w-5 place-items-center rounded-full bg-brand px-1 font-semibold text-on-brand text-small leading-5"
          >
            {unseen > 99 ? '99+' : unseen}
          </span>
        )}
      </Control>
      <Press label={t('call.more')} keys="?" onPress={acts.more}>
        <span className={round}>
          <EllipsisVertical aria-hidden="true" />
        </span>
      </Press>
      <Press label={t('call.leave')} onPress={acts.leave}>
        <span className="relative grid size-12 place-items-center rounded-full bg-urgent text-paper group-data-[hovered]:opacity-90">
          <PhoneOff aria-hidden="true" />
        </span>
      </Press>
    </div>
  );
}

const round =
  'relative grid size-12 place-items-center rounded-full border border-line bg-sheet text-ink transition-colors duration-150 group-data-[hovered]:bg-line';
const below = 'max-w-full truncate text-small';
const whole =
  'group flex min-w-12 flex-1 cursor-pointer flex-col items-center gap-0.5 rounded-outer px-0.5 py-1 text-ink-soft';

interface PressProps {
  label: string;
  keys?: string;
  onPress(): void;
  children: ReactNode;
}

function Press({ label, keys, onPress, children }: PressProps) {
  return (
    <Button onPress={onPress} aria-keyshortcuts={keys} className={whole}>
      {children}
      <span className={below}>{label}</span>
    </Button>
  );
}

interface ControlProps extends PressProps {
  on: boolean;
  /** Off is what one should notice. */
  alarm?: boolean;
  note?: string | undefined;
}

function Control({ label, keys, on, alarm, note, onPress, children }: ControlProps) {
  return (
    <ToggleButton isSelected={on} onChange={onPress} aria-keyshortcuts={keys} className={whole}>
      <span className={alarm ? `${round} border-urgent! text-urgent!` : on ? `${round} bg-brand-soft!` : round}>
        {children}
      </span>
      <span className={below}>
        {label}
        {note && <span className="sr-only"> ({note})</span>}
      </span>
    </ToggleButton>
  );
}
