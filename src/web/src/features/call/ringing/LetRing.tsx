import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Switch } from '../../../primitives/Switch';
import { session } from '../../../session';
import { callSettings, saveCallSettings } from './calls';

/** Whether calls ring on one's devices; holds at once, for all of them. */
export function LetRing() {
  const { t } = useTranslation();
  const [rings, setRings] = useState<boolean | null>(null);
  useEffect(() => {
    callSettings(session).then(
      ({ doNotDisturb }) => setRings(!doNotDisturb),
      () => undefined,
    );
  }, []);
  if (rings === null) return null;
  return (
    <Switch
      label={t('ring.disturb')}
      help={t('ring.disturbText')}
      on={rings}
      onChange={(on) => {
        setRings(on);
        saveCallSettings(session, { doNotDisturb: !on }).catch(() => setRings(!on));
      }}
    />
  );
}
