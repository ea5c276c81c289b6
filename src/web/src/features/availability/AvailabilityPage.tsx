import { useTranslation } from 'react-i18next';
import { useTitle } from '../../hooks/useTitle';
import { Loaded } from '../../parts/Loaded';
import { deviceZone, sameClock, zoneCity } from '../../parts/time';
import { useHourSettings, useHours } from './api/availability';
import { Exceptions } from './components/Exceptions';
import { Preview } from './components/Preview';
import { SettingsForm } from './components/SettingsForm';
import { WeekHours } from './components/WeekHours';

/** Answers one question: when can patients book me. */
export function AvailabilityPage() {
  const { t } = useTranslation();
  const settings = useHourSettings();
  const rules = useHours();
  useTitle(t('hours.title'));
  return (
    <div className="mx-auto flex w-full max-w-6xl flex-col gap-8">
      <div className="flex flex-col gap-1">
        <h1 className="font-bold text-lead">{t('hours.title')}</h1>
        <p className="text-ink-soft">
          {t('hours.text')}
          {settings.data &&
            !sameClock(settings.data.timeZone, deviceZone(), Date.now()) &&
            ` ${t('agenda.zone', { city: zoneCity(settings.data.timeZone) })}`}
        </p>
      </div>
      <Loaded query={settings} lines={['h-40 w-full']}>
        {(known) => (
          <div className="grid items-start gap-x-16 gap-y-12 desk:grid-cols-[minmax(0,1fr)_19rem]">
            <div className="flex min-w-0 flex-col gap-12">
              <Loaded query={rules} lines={['h-12 w-full', 'h-12 w-11/12', 'h-12 w-5/6']}>
                {(list) => (
                  <>
                    <WeekHours rules={list} settings={known} />
                    <Exceptions rules={list} settings={known} />
                  </>
                )}
              </Loaded>
              <SettingsForm key={known.timeZone} settings={known} />
            </div>
            <aside aria-label={t('hours.preview')} className="desk:sticky desk:top-6">
              <Preview zone={known.timeZone} />
            </aside>
          </div>
        )}
      </Loaded>
    </div>
  );
}
