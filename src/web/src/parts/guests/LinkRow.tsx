import { Check, Copy, Link2Off } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { capitalized, clock, dayName } from '../../i18n/time';
import { IconButton } from '../../primitives/Button';
import type { JoinLink, LinkState } from './links';

interface LinkRowProps {
  link: JoinLink;
  name: string;
  state: LinkState;
  zone: string | undefined;
  /** Null where there is nothing to take back, or not by this person. */
  onRevoke: (() => void) | null;
}

const tones: Record<LinkState, string> = {
  waiting: 'text-ink-soft',
  here: 'font-semibold text-done',
  gone: 'text-ink-soft',
  revoked: 'text-ink-soft',
  expired: 'text-ink-soft',
};

export function LinkRow({ link, name, state, zone, onRevoke }: LinkRowProps) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const { role, email, url, guest, expiresAt, revokedAt } = link;
  const when = (at: string) => t('when.at', { day: dayName(at, new Date(), zone), time: clock(at, zone) });
  const stands = state !== 'revoked' && state !== 'expired';
  const facts = [
    capitalized(t(`guest.${role}`)),
    email !== name && email,
    stands && t('links.until', { when: when(expiresAt) }),
  ].filter(Boolean);
  const Sign = copied ? Check : Copy;

  function words() {
    if (state === 'revoked') return t('links.is.revoked', { when: when(revokedAt ?? expiresAt) });
    if (state === 'here') return t('links.is.here', { time: clock(guest?.enteredAt ?? expiresAt, zone) });
    if (state === 'gone') return t('links.is.gone', { when: when(guest?.leftAt ?? expiresAt) });
    if (state === 'expired') return t(guest ? 'links.is.over' : 'links.is.unused');
    return t('links.is.waiting');
  }

  return (
    <div className="flex items-center gap-1 py-2.5">
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="font-semibold">{name}</span>
        <span className="text-ink-soft text-small">{facts.join(' · ')}</span>
        <span className={`text-small ${tones[state]}`}>
          {state === 'here' && (
            <span aria-hidden="true" className="mr-1.5 inline-block size-2 rounded-full bg-done align-middle" />
          )}
          {words()}
        </span>
      </span>
      {stands && url && (
        <IconButton
          label={t(copied ? 'invite.copied' : 'links.copy', { name })}
          onPress={() => {
            void navigator.clipboard?.writeText(url).then(
              () => setCopied(true),
              () => undefined,
            );
          }}
        >
          <Sign aria-hidden="true" className="size-5" />
        </IconButton>
      )}
      {onRevoke && (
        <IconButton label={t('links.revokeOf', { name })} onPress={onRevoke}>
          <Link2Off aria-hidden="true" className="size-5" />
        </IconButton>
      )}
    </div>
  );
}
