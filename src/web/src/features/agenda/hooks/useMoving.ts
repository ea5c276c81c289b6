import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Slot } from '../../../parts/slots/useSlots';
import type { Visit } from '../api/visits';
import { firstTarget, nearest, type Step, stepTo } from '../model/moving';
import { whenOf } from '../when';

/** A visit that somebody holds, and the free time it would fall into. */
interface Held {
  visit: Visit;
  target: Slot | null;
}

/** Minutes around a free time within which a visit that is let go falls into it. */
const reach = 45;

const steps: Partial<Record<string, Step>> = {
  ArrowUp: 'earlier',
  ArrowDown: 'later',
  ArrowLeft: 'dayBefore',
  ArrowRight: 'dayAfter',
};

/** Takes a visit to another time, with a hand or with keys; `onDrop` asks before it happens. */
export function useMoving(slots: readonly Slot[], zone: string, onDrop: (visit: Visit, to: Slot) => void) {
  const { t } = useTranslation();
  const [held, setHeld] = useState<Held | null>(null);
  const [byKeys, setByKeys] = useState(false);
  const [said, setSaid] = useState('');

  const saying = (visit: Visit, target: Slot) =>
    setSaid(t('agenda.moving.over', { name: visit.patient.name, when: whenOf(t, target.startsAt, zone) }));

  function letGo() {
    setHeld(null);
    setByKeys(false);
  }

  return {
    held,
    byKeys,
    said,
    /** A pointer drags it: over this place of a day's column, or over none. */
    drag(visit: Visit, place: { date: string; minute: number } | null) {
      setHeld({ visit, target: place && nearest(slots, place, zone, reach) });
    },
    drop() {
      if (held?.target) onDrop(held.visit, held.target);
      letGo();
    },
    letGo,
    /** Keys take it up. */
    take(visit: Visit) {
      const target = firstTarget(slots, visit.scheduledAt);
      if (!target) return setSaid(t('agenda.moving.none'));
      setHeld({ visit, target });
      setByKeys(true);
      setSaid(`${t('agenda.moving.how')} ${whenOf(t, target.startsAt, zone)}`);
    },
    /** True when the key meant the held visit. */
    key(name: string): boolean {
      if (!held || !byKeys) return false;
      const step = steps[name];
      if (step && held.target) {
        const target = stepTo(slots, held.target, step, zone);
        setHeld({ ...held, target });
        saying(held.visit, target);
      } else if (name === 'Enter' || name === ' ') this.drop();
      else if (name === 'Escape') {
        letGo();
        setSaid(t('agenda.moving.left', { name: held.visit.patient.name }));
      } else return false;
      return true;
    },
  };
}

export type Moving = ReturnType<typeof useMoving>;
