import { useTranslation } from 'react-i18next';
import { clock } from '../../../i18n/time';
import { isAhead } from '../../../parts/visit';
import type { Visit } from '../api/visits';
import { useDrag } from '../hooks/useDrag';
import type { Moving } from '../hooks/useMoving';
import { type Hours, hourRem, type Placed } from '../model/grid';
import { type Tone, toneOf } from '../model/tone';
import { wallOf } from '../model/wall';

interface VisitBlockProps {
  placed: Placed;
  zone: string;
  hours: Hours;
  now: number;
  selected: boolean;
  moving: Moving;
  onSelect(visit: Visit): void;
}

const tones: Record<Tone, string> = {
  asked: 'border-waiting bg-waiting-soft text-ink border-dashed',
  sure: 'border-brand bg-brand-soft text-ink',
  here: 'border-waiting bg-waiting-soft text-ink',
  running: 'border-done bg-done-soft text-ink',
  past: 'border-line bg-well text-ink-soft',
  missed: 'border-urgent bg-urgent-soft text-ink',
};

/** A visit in its day's column: a press opens it, a drag moves it. */
export function VisitBlock({ placed, zone, hours, now, selected, moving, onSelect }: VisitBlockProps) {
  const { t } = useTranslation();
  const { visit, lane, lanes } = placed;
  const { minute } = wallOf(visit.scheduledAt, zone);
  const movable = isAhead(visit);
  const held = moving.held?.visit.id === visit.id;
  const drag = useDrag({
    onMove: (x, y, grip) => movable && moving.drag(visit, placeAt(x, y - grip, hours)),
    onDrop: moving.drop,
    onCancel: moving.letGo,
  });
  const tone = toneOf(visit, now);
  const state = t(visit.waiting && tone === 'here' ? 'care.here' : `care.is.${visit.status}`);
  const short = visit.duration < 35;
  // What goes without saying is said to those alone who do not see how it looks.
  const told = !short && tone !== 'sure' && tone !== 'past';
  return (
    <button
      type="button"
      data-visit={visit.id}
      title={visit.patient.name}
      aria-pressed={selected}
      onClick={() => !drag.spent() && onSelect(visit)}
      onPointerDown={drag.onPointerDown}
      onPointerMove={drag.onPointerMove}
      onPointerUp={drag.onPointerUp}
      onPointerCancel={drag.onPointerCancel}
      style={{
        top: `${((minute - hours.start * 60) / 60) * hourRem}rem`,
        height: `calc(${(visit.duration / 60) * hourRem}rem - 3px)`,
        left: `calc(${(100 * lane) / lanes}% + 3px)`,
        width: `calc(${100 / lanes}% - 6px)`,
      }}
      className={`absolute z-1 flex select-none overflow-hidden rounded-inner border border-l-4 flex-col px-2 py-0.5 text-left text-small leading-[1.15] hover:z-2 ${tones[tone]} ${movable ? 'cursor-grab active:cursor-grabbing' : 'cursor-pointer'} ${selected ? 'outline-2 outline-brand' : ''} ${held ? 'opacity-45' : ''}`}
    >
      <span className={`w-full ${short ? 'truncate' : told ? 'line-clamp-2' : 'line-clamp-3'}`}>
        {clock(visit.scheduledAt, zone)}{' '}
        <span className={tone === 'past' ? '' : 'font-semibold'}>{visit.patient.name}</span>
      </span>
      <span className={told ? 'truncate' : 'sr-only'}>
        <span className="sr-only">, </span>
        {state}
      </span>
    </button>
  );
}

/** The place of a day's column under a point of the screen. */
function placeAt(x: number, y: number, hours: Hours): { date: string; minute: number } | null {
  for (const column of document.querySelectorAll<HTMLElement>('[data-day]')) {
    const box = column.getBoundingClientRect();
    if (x < box.left || x > box.right) continue;
    const minute = hours.start * 60 + ((y - box.top) / box.height) * (hours.end - hours.start) * 60;
    return { date: column.dataset.day ?? '', minute };
  }
  return null;
}
