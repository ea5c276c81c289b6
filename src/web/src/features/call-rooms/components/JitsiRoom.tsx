import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../../i18n';
import { Button } from '../../../primitives/Button';
import { Notice } from '../../../primitives/Notice';
import { useJitsi } from '../hooks/useJitsi';
import type { OtherRoomProps } from '../model/entry';
import { jitsiAddress } from '../model/jitsiAddress';

/**
 * What the frame may do: run its own page, as its own origin. Not: open windows, move this page, download, submit elsewhere by asking.
 * The browser's own walls stand between the two origins; this leaves out what those would allow.
 */
const sandbox = 'allow-scripts allow-same-origin';

/** A room of Jitsi's in a frame of its own origin. */
export function JitsiRoom({ entry, onLeave, report }: OtherRoomProps) {
  const { t } = useTranslation();
  const frame = useRef<HTMLIFrameElement>(null);
  // The address holds what opens the room: it stays the same for as long as the frame is shown.
  const address = useRef(entry.url && entry.token ? jitsiAddress(entry.url, entry.token, currentLanguage()) : null);
  const origin = address.current && new URL(address.current).origin;
  const over = useRef(false);
  function left() {
    if (over.current) return;
    over.current = true;
    report?.('ROOM_LEFT');
    onLeave();
  }
  const { joined, hangUp } = useJitsi(frame, origin, { onJoined: () => report?.('ROOM_JOINED'), onLeft: left });
  if (!address.current || !origin)
    return (
      <Notice tone="urgent" alert>
        {t('rooms.broken')}
      </Notice>
    );
  const allow = ['camera', 'microphone', 'display-capture', 'autoplay', 'screen-wake-lock']
    .map((power) => `${power} ${origin}`)
    .join('; ');
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-wrap items-center justify-between gap-x-5 gap-y-1 px-5 py-2">
        <p role="status" className="text-ink-soft text-small">
          {t(joined ? 'rooms.in' : 'rooms.entering')} {t('rooms.noRecording')}
        </p>
        <Button
          look="danger"
          onPress={() => {
            hangUp();
            left();
          }}
        >
          {t('rooms.leave')}
        </Button>
      </div>
      <iframe
        ref={frame}
        src={address.current}
        title={t('rooms.frame')}
        sandbox={sandbox}
        allow={allow}
        referrerPolicy="no-referrer"
        className="min-h-64 w-full flex-1 border-0 bg-well"
      />
    </div>
  );
}
