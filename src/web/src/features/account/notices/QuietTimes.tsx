import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deviceZone, sameClock, zoneCity } from '../../../parts/time';
import { Switch } from '../../../primitives/Switch';
import { TextField } from '../../../primitives/TextField';
import type { QuietHours } from '../api/notices';

const usual = { from: '22:00', to: '07:00' };

/** The hours of the night, or any others, in which messages make no noise elsewhere. */
export function QuietTimes({ quiet, onChange }: { quiet: QuietHours; onChange(quiet: QuietHours): void }) {
  const { t } = useTranslation();
  const { enabled, timeZone, urgentPasses } = quiet;
  const [from, setFrom] = useState(quiet.from ?? usual.from);
  const [to, setTo] = useState(quiet.to ?? usual.to);
  const none = from === to;

  /** Half a time is none: it is taken when it is whole, and by the clock of this device. */
  function take(next: { from: string; to: string }) {
    setFrom(next.from);
    setTo(next.to);
    if (next.from && next.to && next.from !== next.to)
      onChange({ ...next, enabled: true, timeZone: deviceZone(), urgentPasses });
  }

  return (
    <>
      <Switch
        label={t('quiet.on')}
        on={enabled}
        onChange={(on) =>
          on
            ? take({ from: from || usual.from, to: to || usual.to })
            : onChange({ enabled: false, from: null, to: null, timeZone: null, urgentPasses })
        }
      />
      {enabled && (
        <>
          <div className="grid w-full max-w-sm grid-cols-2 items-start gap-4">
            <TextField
              label={t('quiet.from')}
              type="time"
              value={from}
              onChange={(value) => take({ from: value, to })}
            />
            <TextField
              label={t('quiet.to')}
              type="time"
              value={to}
              onChange={(value) => take({ from, to: value })}
              error={none ? t('quiet.none') : undefined}
            />
          </div>
          {timeZone && !sameClock(timeZone, deviceZone(), Date.now()) && (
            <p className="text-ink-soft text-small">{t('quiet.zone', { city: zoneCity(timeZone) })}</p>
          )}
          <Switch
            label={t('quiet.urgent')}
            help={t('quiet.urgentText')}
            on={urgentPasses}
            onChange={(passes) => onChange({ ...quiet, urgentPasses: passes })}
          />
        </>
      )}
    </>
  );
}
