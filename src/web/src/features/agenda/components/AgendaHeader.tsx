import { ChevronLeft, ChevronRight, Keyboard } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { capitalized } from '../../../i18n/time';
import { daySpan, longDay } from '../../../parts/time';
import { Button, IconButton } from '../../../primitives/Button';
import { Segments } from '../../../primitives/Segments';
import { daysOf, type Place, turn } from '../model/agendaAddress';

interface AgendaHeaderProps {
  place: Place;
  /** Whether there is room for more than a list of one day. */
  roomy: boolean;
  onGo(place: Place): void;
  onToday(): void;
  onKeys(): void;
}

/** Which days these are, and the ways to others. */
export function AgendaHeader({ place, roomy, onGo, onToday, onKeys }: AgendaHeaderProps) {
  const { t } = useTranslation();
  const days = daysOf(place);
  const title = place.view === 'week' ? daySpan(days[0] ?? '', days.at(-1) ?? '') : longDay(place.day);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-3">
      <h1 className="min-w-0 font-bold text-lead max-tablet:w-full" aria-live="polite">
        {capitalized(title)}
      </h1>
      <div className="flex items-center max-tablet:-ml-2.5 tablet:mr-auto">
        <IconButton label={t(`agenda.previous.${place.view}`)} onPress={() => onGo(turn(place, -1))}>
          <ChevronLeft aria-hidden="true" className="size-5" />
        </IconButton>
        <IconButton label={t(`agenda.next.${place.view}`)} onPress={() => onGo(turn(place, 1))}>
          <ChevronRight aria-hidden="true" className="size-5" />
        </IconButton>
        <Button look="quiet" onPress={onToday}>
          {t('agenda.today')}
        </Button>
      </div>
      {roomy && (
        <>
          <IconButton label={t('agenda.keys')} onPress={onKeys}>
            <Keyboard aria-hidden="true" className="size-5" />
          </IconButton>
          <Segments
            label={t('agenda.view')}
            quiet
            value={place.view}
            options={[
              { value: 'day', label: t('agenda.day') },
              { value: 'week', label: t('agenda.week') },
            ]}
            onChange={(view) => onGo({ ...place, view })}
          />
        </>
      )}
    </div>
  );
}
