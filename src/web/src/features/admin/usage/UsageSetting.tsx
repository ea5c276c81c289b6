import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../../api/queryKeys';
import { useAct } from '../../../hooks/useAct';
import { Loaded } from '../../../parts/Loaded';
import { Refused } from '../../../parts/Refused';
import { Button } from '../../../primitives/Button';
import { Choice } from '../../../primitives/Choice';
import { changeOwnOrganization, useOwnOrganization } from '../api/organizations';
import { type UsageForm, usageForms } from '../api/usage';

/** What the report tells at all. A month keeps the most private form that held while it ran. */
export function UsageSetting() {
  const { t } = useTranslation();
  return (
    <section className="flex max-w-xl flex-col gap-4">
      <h2 className="font-bold text-title">{t('usage.setting')}</h2>
      <p className="text-ink-soft">{t('usage.settingText')}</p>
      <Loaded query={useOwnOrganization()} lines={['h-40 w-full']}>
        {({ usageReport }) => <Form key={usageReport} now={usageReport} />}
      </Loaded>
    </section>
  );
}

function Form({ now }: { now: UsageForm }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { busy, problem, run } = useAct();
  const [chosen, setChosen] = useState(now);
  const [saved, setSaved] = useState(false);

  async function save() {
    if (!(await run(() => changeOwnOrganization({ usageReport: chosen })))) return;
    setSaved(true);
    await queries.invalidateQueries({ queryKey: queryKeys.ownOrganization });
  }

  return (
    <>
      <Choice<UsageForm>
        label={t('usage.form')}
        value={chosen}
        options={usageForms.map((value) => ({
          value,
          label: t(`usage.form.${value}`),
          text: t(`usage.form.${value}.text`),
        }))}
        onChange={(form) => {
          setSaved(false);
          setChosen(form);
        }}
      />
      <Refused problem={problem} />
      <div className="flex items-center gap-4">
        <Button look="quiet" busy={busy && t('action.saving')} onPress={() => void save()}>
          {t('action.save')}
        </Button>
        <span role="status" className="text-done">
          {saved && t('action.saved')}
        </span>
      </div>
    </>
  );
}
