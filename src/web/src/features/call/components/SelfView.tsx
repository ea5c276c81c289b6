import { type PointerEvent, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { useSource } from '../hooks/useElement';

const corners = ['right-3 bottom-3', 'left-3 bottom-3', 'left-3 top-3', 'right-3 top-3'] as const;

/** Oneself, small: dragged to a corner by a finger or a mouse, sent to the next one by a key. */
export function SelfView({ track, mirrored }: { track: MediaStreamTrack; mirrored: boolean }) {
  const { t } = useTranslation();
  const [corner, setCorner] = useState(0);
  const frame = useRef<HTMLDivElement>(null);
  const grip = useRef<{ x: number; y: number } | null>(null);
  const picture = useSource<HTMLVideoElement>([track]);

  function onDown(event: PointerEvent) {
    grip.current = { x: event.clientX, y: event.clientY };
    frame.current?.setPointerCapture(event.pointerId);
  }
  function onMove(event: PointerEvent) {
    if (!grip.current || !frame.current) return;
    const { x, y } = grip.current;
    frame.current.style.translate = `${event.clientX - x}px ${event.clientY - y}px`;
  }
  function onUp(event: PointerEvent) {
    const from = grip.current;
    grip.current = null;
    const shown = frame.current;
    const around = shown?.parentElement?.getBoundingClientRect();
    if (!shown || !around || !from) return;
    shown.style.translate = '';
    if (Math.hypot(event.clientX - from.x, event.clientY - from.y) < 8) return;
    const right = event.clientX > around.x + around.width / 2;
    const bottom = event.clientY > around.y + around.height / 2;
    setCorner(bottom ? (right ? 0 : 1) : right ? 3 : 2);
  }

  return (
    <div
      ref={frame}
      onPointerDown={onDown}
      onPointerMove={onMove}
      onPointerUp={onUp}
      onPointerCancel={() => {
        grip.current = null;
        if (frame.current) frame.current.style.translate = '';
      }}
      className={`absolute z-1 aspect-4/3 w-[clamp(4.5rem,min(28%,55cqh),14rem)] cursor-grab touch-none overflow-hidden rounded-outer bg-well shadow-float active:cursor-grabbing ${corners[corner]}`}
    >
      <video
        ref={picture}
        autoPlay
        playsInline
        muted
        aria-label={t('call.yourPicture')}
        className={`size-full ${mirrored ? '-scale-x-100 object-cover' : 'object-contain'}`}
      />
      <Button
        aria-label={t('call.moveSelf')}
        onPress={({ pointerType }) => {
          // A finger or a mouse drags it.
          if (pointerType === 'keyboard' || pointerType === 'virtual') setCorner((now) => (now + 1) % corners.length);
        }}
        className="absolute inset-0 cursor-grab rounded-outer outline-offset-[-3px]"
      />
    </div>
  );
}
