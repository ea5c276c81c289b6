import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../hooks/useAct';
import { shortDate } from '../../../i18n/time';
import { Refused } from '../../../parts/Refused';
import { Avatar } from '../../../primitives/Avatar';
import { Button } from '../../../primitives/Button';
import { Question } from '../../../primitives/Question';
import { actOnOrganization, type Organization, type OrganizationAct, stateOf } from '../api/organizations';
import { Badge } from '../components/Badge';

const tones = { PENDING: 'waiting', ACTIVE: 'done', INACTIVE: 'urgent' } as const;

interface OrganizationRowProps {
  organization: Organization;
  mayChange: boolean;
  onInvite(): void;
  onChanged(): void;
}

export function OrganizationRow({ organization, mayChange, onInvite, onChanged }: OrganizationRowProps) {
  const { t } = useTranslation();
  const { busy, problem, run } = useAct();
  const [closing, setClosing] = useState(false);
  const state = stateOf(organization);
  const act = async (what: OrganizationAct) =>
    (await run(() => actOnOrganization(organization.id, what))) && onChanged();
  const facts = [
    organization.slug,
    organization.domain,
    organization.city,
    t('organizations.people', { count: organization.employeeCount }),
    t('organizations.practitioners', { count: organization.practitionerCount }),
    t('organizations.since', { date: shortDate(organization.createdAt) }),
  ];
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-3">
        <Avatar name={organization.name} url={organization.logoUrl} />
        <div className="flex min-w-56 flex-1 flex-col">
          <span className="flex flex-wrap items-center gap-x-2 font-semibold">
            {organization.name}
            <Badge tone={tones[state]}>{t(`organizations.is.${state}`)}</Badge>
          </span>
          <span className="break-words text-ink-soft text-small">{facts.filter(Boolean).join(' · ')}</span>
        </div>
        {mayChange && (
          <div className="flex flex-wrap gap-2">
            {state === 'PENDING' && (
              <Button busy={busy && t('admin.working')} onPress={() => void act('validate')}>
                {t('organizations.validate')}
              </Button>
            )}
            {state === 'INACTIVE' && (
              <Button look="quiet" busy={busy && t('admin.working')} onPress={() => void act('activate')}>
                {t('organizations.activate')}
              </Button>
            )}
            {state === 'ACTIVE' && (
              <Button
                look="quiet"
                onPress={onInvite}
                aria-label={t('organizations.inviteOf', { name: organization.name })}
              >
                {t('organizations.invite')}
              </Button>
            )}
            {state !== 'INACTIVE' && (
              <Button look="plain" onPress={() => setClosing(true)}>
                {t('organizations.deactivate')}
              </Button>
            )}
          </div>
        )}
      </div>
      <Refused problem={problem} />
      {closing && (
        <Question
          title={t('organizations.closeTitle', { name: organization.name })}
          text={t('organizations.closeText')}
          confirm={t('organizations.deactivate')}
          busy={t('admin.working')}
          failed={t('admin.failed')}
          act={async () => {
            await actOnOrganization(organization.id, 'deactivate');
            onChanged();
          }}
          onClose={() => setClosing(false)}
        />
      )}
    </div>
  );
}
