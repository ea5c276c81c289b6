import { useTranslation } from 'react-i18next';
import { useTitle } from '../../hooks/useTitle';
import { Loaded } from '../../parts/Loaded';
import { useHourSettings } from '../availability';
import { Calendar } from './components/Calendar';

/** Answers one question: what is on today, and this week. */
export function AgendaPage() {
  const { t } = useTranslation();
  useTitle(t('agenda.title'));
  return (
    <Loaded query={useHourSettings()} lines={['h-9 w-1/3', 'mt-4 h-96 w-full']}>
      {({ timeZone }) => <Calendar zone={timeZone} />}
    </Loaded>
  );
}
