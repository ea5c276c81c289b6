import { useQueryClient } from '@tanstack/react-query';
import { UserRoundPlus } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../api/queryKeys';
import type { User } from '../../api/session';
import { useNow } from '../../hooks/useNow';
import { Button } from '../../primitives/Button';
import { Question } from '../../primitives/Question';
import { session } from '../../session';
import { Loaded } from '../Loaded';
import { InviteGuest } from './InviteGuest';
import { LinkRow } from './LinkRow';
import { inviteGuest, type JoinLink, revokeLink, stateOf, useJoinLinks } from './links';

interface GuestLinksProps {
  visit: string;
  user: Pick<User, 'id' | 'role'>;
  /** The visit has ended, and with it every link. */
  isOver: boolean;
  /** Where the clock is that the page goes by; this device's when absent. */
  zone?: string;
}

/** Who was given a way into a visit without an account, whether they came, and the end of it. */
export function GuestLinks({ visit, user, isOver, zone }: GuestLinksProps) {
  const { t } = useTranslation();
  const id = useId();
  const queries = useQueryClient();
  const links = useJoinLinks(visit, isOver);
  const now = useNow(10_000);
  const [inviting, setInviting] = useState(false);
  const [going, setGoing] = useState<JoinLink | null>(null);
  const [said, setSaid] = useState('');
  const refresh = () => queries.invalidateQueries({ queryKey: queryKeys.joinLinks(visit) });
  const isPractitioner = user.role === 'PRACTITIONER';
  const nameOf = ({ guest, name, email }: JoinLink) => guest?.name ?? name ?? email ?? t('guest.someone');

  if (isOver && !links.data?.length) return null;
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <h2 id={id} className="font-semibold text-ink-soft">
        {t('links.title')}
      </h2>
      <Loaded query={links} lines={['h-12 w-full', 'h-12 w-11/12']}>
        {(items) =>
          items.length === 0 ? (
            <p className="measure text-ink-soft">{t(isPractitioner ? 'links.none' : 'links.nonePatient')}</p>
          ) : (
            <ul className="border-line border-t">
              {items.map((link) => {
                const state = stateOf(link, isOver, now);
                const stands = state !== 'revoked' && state !== 'expired';
                // Whoever invited may take it back, and the practitioner.
                const mine = isPractitioner || link.createdBy === user.id;
                return (
                  <li key={link.id} className="border-line border-b">
                    <LinkRow
                      link={link}
                      name={nameOf(link)}
                      state={state}
                      zone={zone}
                      onRevoke={stands && mine ? () => setGoing(link) : null}
                    />
                  </li>
                );
              })}
            </ul>
          )
        }
      </Loaded>
      <p role="status" className="text-done empty:hidden">
        {said}
      </p>
      {!isOver && (
        <div>
          <Button look="quiet" onPress={() => setInviting(true)}>
            <UserRoundPlus aria-hidden="true" className="size-4" />
            {t('invite.open')}
          </Button>
        </div>
      )}
      {inviting && (
        <InviteGuest
          as={isPractitioner ? 'PRACTITIONER' : 'EMPLOYEE'}
          invite={(guest) => inviteGuest(session, visit, guest)}
          onClose={() => {
            setInviting(false);
            void refresh();
          }}
        />
      )}
      {going && (
        <Question
          title={t('links.revokeTitle', { name: nameOf(going) })}
          text={t(stateOf(going, isOver, now) === 'here' ? 'links.revokeHere' : 'links.revokeText')}
          confirm={t('links.revoke')}
          busy={t('links.revoking')}
          failed={t('links.failed')}
          act={async () => {
            await revokeLink(visit, going.id);
            setSaid(t('links.revoked', { name: nameOf(going) }));
            await refresh();
          }}
          onClose={() => setGoing(null)}
        />
      )}
    </section>
  );
}
