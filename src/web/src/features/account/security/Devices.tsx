import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../../api/queryKeys';
import { useAct } from '../../../hooks/useAct';
import { clock, dayName, shortDate } from '../../../i18n/time';
import { Loaded } from '../../../parts/Loaded';
import { Button } from '../../../primitives/Button';
import { Question } from '../../../primitives/Question';
import { type Device, signOutDevice, signOutOthers, useDevices } from '../api/devices';
import { Section } from './Section';

/** Where one is signed in, and the end of it. */
export function Devices() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const devices = useDevices();
  const [asked, setAsked] = useState(false);
  const [ended, setEnded] = useState('');
  const refresh = () => queries.invalidateQueries({ queryKey: queryKeys.devices });
  const nameOf = ({ device, browser }: Device) =>
    [browser, device === 'Unknown' ? null : device].filter(Boolean).join(', ') || t('devices.unknown');

  return (
    <Section title={t('devices.title')}>
      <Loaded query={devices} lines={['h-14 w-full', 'h-14 w-11/12']}>
        {(items) => (
          <>
            <ul className="w-full">
              {items.map((device) => (
                <DeviceRow
                  key={device.id}
                  device={device}
                  name={nameOf(device)}
                  onEnded={() => {
                    setEnded(t('devices.ended', { device: nameOf(device) }));
                    void refresh();
                  }}
                />
              ))}
            </ul>
            <p role="status" className="text-done empty:hidden">
              {ended}
            </p>
            {items.length > 1 ? (
              <Button look="quiet" onPress={() => setAsked(true)}>
                {t('devices.endAll')}
              </Button>
            ) : (
              <p className="text-ink-soft">{t('devices.alone')}</p>
            )}
          </>
        )}
      </Loaded>
      {asked && (
        <Question
          title={t('devices.endAllTitle')}
          text={t('devices.endAllText')}
          confirm={t('devices.endAll')}
          busy={t('devices.ending')}
          failed={t('devices.endFailed')}
          act={async () => {
            await signOutOthers();
            await refresh();
          }}
          onClose={() => setAsked(false)}
        />
      )}
    </Section>
  );
}

function DeviceRow({ device, name, onEnded }: { device: Device; name: string; onEnded(): void }) {
  const { t } = useTranslation();
  const { busy, problem, run } = useAct();
  const when = t('when.at', { day: dayName(device.lastUsedAt), time: clock(device.lastUsedAt) });
  const facts = [
    !device.current && t('devices.lastUsed', { when }),
    t('devices.since', { date: shortDate(device.createdAt) }),
    device.ip,
  ];
  return (
    <li className="flex flex-wrap items-center gap-x-3 border-line border-b py-3 first:pt-0">
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="font-semibold">
          {name}
          {device.current && <span className="text-brand"> · {t('devices.here')}</span>}
        </span>
        <span className="text-ink-soft text-small">{facts.filter(Boolean).join(' · ')}</span>
        {problem && (
          <span role="alert" className="text-small text-urgent">
            {t('devices.endFailed')}
          </span>
        )}
      </span>
      {!device.current && (
        <Button
          look="plain"
          aria-label={t('devices.endOf', { device: name })}
          busy={busy && t('devices.ending')}
          onPress={async () => (await run(() => signOutDevice(device.id))) && onEnded()}
        >
          {t('devices.end')}
        </Button>
      )}
    </li>
  );
}
