import { EllipsisVertical } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../hooks/useAct';
import { Refused } from '../../../parts/Refused';
import { Avatar } from '../../../primitives/Avatar';
import { Button, IconButton } from '../../../primitives/Button';
import { Menu, MenuItem, MenuTrigger } from '../../../primitives/Menu';
import { Question } from '../../../primitives/Question';
import { actOnPerson, type Person, type PersonAct, removePerson } from '../api/people';
import { Badge } from '../components/Badge';

const tones = { PENDING_APPROVAL: 'waiting', INVITED: 'info', ACTIVE: 'done', INACTIVE: 'urgent' } as const;

const actsOf: Record<Person['status'], PersonAct[]> = {
  PENDING_APPROVAL: ['approve'],
  INVITED: ['invite'],
  ACTIVE: ['deactivate'],
  INACTIVE: ['activate'],
};

interface PersonRowProps {
  person: Person;
  onEdit(): void;
  onChanged(): void;
}

export function PersonRow({ person, onEdit, onChanged }: PersonRowProps) {
  const { t } = useTranslation();
  const [leaving, setLeaving] = useState(false);
  const { problem, run, busy } = useAct();
  const name = `${person.firstName} ${person.lastName}`;
  const act = async (what: PersonAct) => (await run(() => actOnPerson(person.id, what))) && onChanged();
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center gap-3">
        <Avatar name={name} />
        <div className="flex min-w-0 flex-1 flex-col">
          <span className="flex flex-wrap items-center gap-x-2 font-semibold">
            {name}
            <Badge tone={tones[person.status]}>{t(`people.is.${person.status}`)}</Badge>
          </span>
          <span className="break-words text-ink-soft text-small">
            {[person.email, person.department, person.position].filter(Boolean).join(' · ')}
          </span>
        </div>
        {person.status === 'PENDING_APPROVAL' && (
          <Button look="quiet" busy={busy && t('admin.working')} onPress={() => void act('approve')}>
            {t('people.approve')}
          </Button>
        )}
        <MenuTrigger>
          <IconButton label={t('people.more', { name })}>
            <EllipsisVertical aria-hidden="true" className="size-5" />
          </IconButton>
          <Menu label={t('people.more', { name })}>
            <MenuItem onAction={onEdit}>{t('people.edit')}</MenuItem>
            {actsOf[person.status].map((what) => (
              <MenuItem key={what} onAction={() => void act(what)}>
                {t(`people.${what}`)}
              </MenuItem>
            ))}
            <MenuItem danger onAction={() => setLeaving(true)}>
              {t('people.remove')}
            </MenuItem>
          </Menu>
        </MenuTrigger>
      </div>
      <Refused problem={problem} />
      {leaving && (
        <Question
          title={t('people.removeTitle', { name })}
          text={t('people.removeText')}
          confirm={t('people.remove')}
          busy={t('admin.working')}
          failed={t('admin.failed')}
          act={async () => {
            await removePerson(person.id);
            onChanged();
          }}
          onClose={() => setLeaving(false)}
        />
      )}
    </div>
  );
}
