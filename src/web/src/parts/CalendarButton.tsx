import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../primitives/Button';
import { calendarFile, calendarFileName } from './calendarFile';
import { saveFile } from './download';
import { addressOf, type Visit } from './visit';

/** Gives the visit to the calendar of this device, as a file that every calendar opens. */
export function CalendarButton({ visit, children }: { visit: Visit; children?: ReactNode }) {
  const { t } = useTranslation();
  function save() {
    const address = new URL(`/patient/visits/${visit.id}`, window.location.origin).href;
    const text = calendarFile(
      visit,
      t('visit.calendarTitle', { name: addressOf(visit.practitioner) }),
      address,
      Date.now(),
    );
    saveFile(new Blob([text], { type: 'text/calendar' }), calendarFileName(visit));
  }
  return (
    <Button look="plain" onPress={save}>
      {children}
      {t('visit.calendar')}
    </Button>
  );
}
