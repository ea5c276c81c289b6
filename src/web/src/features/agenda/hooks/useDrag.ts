import { type PointerEvent, useRef } from 'react';

interface DragParts {
  /** Pixels from where it was taken up, and where the pointer is. */
  onMove(x: number, y: number, grip: number): void;
  onDrop(): void;
  onCancel(): void;
}

/** Pixels that a hand may tremble before a press becomes a drag. */
const tremble = 6;

/** Drags with a mouse or a pen. A finger scrolls: on a touch screen the time is chosen from a list. */
export function useDrag({ onMove, onDrop, onCancel }: DragParts) {
  const from = useRef<{ x: number; y: number; grip: number } | null>(null);
  const dragging = useRef(false);

  function end(dropped: boolean) {
    const was = dragging.current;
    from.current = null;
    dragging.current = false;
    if (was) (dropped ? onDrop : onCancel)();
  }

  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      dragging.current = false;
      if (event.button !== 0 || event.pointerType === 'touch') return;
      const { top } = event.currentTarget.getBoundingClientRect();
      from.current = { x: event.clientX, y: event.clientY, grip: event.clientY - top };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const start = from.current;
      if (!start) return;
      const far = Math.hypot(event.clientX - start.x, event.clientY - start.y) > tremble;
      if (!dragging.current && !far) return;
      if (!dragging.current) event.currentTarget.setPointerCapture(event.pointerId);
      dragging.current = true;
      onMove(event.clientX, event.clientY, start.grip);
    },
    onPointerUp: () => {
      const was = dragging.current;
      end(true);
      // The click that follows belongs to the drag.
      dragging.current = was;
    },
    onPointerCancel: () => end(false),
    /** Whether a click was the end of a drag and means nothing by itself. */
    spent: () => {
      const was = dragging.current;
      dragging.current = false;
      return was;
    },
  };
}
