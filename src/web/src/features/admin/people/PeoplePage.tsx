import { useQueryClient } from '@tanstack/react-query';
import { Upload, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { queryKeys } from '../../../api/queryKeys';
import { Rows } from '../../../parts/Rows';
import { Button } from '../../../primitives/Button';
import { SelectField } from '../../../primitives/SelectField';
import { TextField } from '../../../primitives/TextField';
import { type PeopleFilter, type Person, personOrders, personStates, usePeople } from '../api/people';
import { PageHead } from '../components/PageHead';
import { PersonForm } from './PersonForm';
import { PersonRow } from './PersonRow';

/** The staff list: who may come in. What they do inside is nobody's here. */
export function PeoplePage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [filter, setFilter] = useState<PeopleFilter>({ search: '', status: '', sort: 'name' });
  const [form, setForm] = useState<Person | 'new' | null>(null);
  const people = usePeople(filter);
  const refresh = () => void queries.invalidateQueries({ queryKey: queryKeys.allPeople });
  return (
    <div className="flex flex-col gap-6">
      <PageHead title={t('people.title')} text={t('people.text')}>
        <Button onPress={() => setForm('new')}>
          <UserPlus aria-hidden="true" className="size-5" />
          {t('people.add')}
        </Button>
        <Button look="quiet" onPress={() => void navigate('/people/import')}>
          <Upload aria-hidden="true" className="size-5" />
          {t('people.import')}
        </Button>
      </PageHead>
      <search className="grid items-end gap-4 tablet:grid-cols-[1fr_auto_auto]">
        <TextField
          label={t('people.search')}
          type="search"
          value={filter.search}
          onChange={(search) => setFilter({ ...filter, search })}
        />
        <SelectField<PeopleFilter['status']>
          label={t('people.state')}
          value={filter.status}
          options={[
            { value: '', label: t('admin.all') },
            ...personStates.map((value) => ({ value, label: t(`people.is.${value}`) })),
          ]}
          onChange={(status) => setFilter({ ...filter, status })}
        />
        <SelectField<PeopleFilter['sort']>
          label={t('people.order')}
          value={filter.sort}
          options={personOrders.map((value) => ({ value, label: t(`people.by.${value}`) }))}
          onChange={(sort) => setFilter({ ...filter, sort })}
        />
      </search>
      <Rows query={people} label={t('people.title')} empty={t('people.empty')}>
        {(person) => <PersonRow person={person} onEdit={() => setForm(person)} onChanged={refresh} />}
      </Rows>
      {form && <PersonForm person={form === 'new' ? null : form} onSaved={refresh} onClose={() => setForm(null)} />}
    </div>
  );
}
