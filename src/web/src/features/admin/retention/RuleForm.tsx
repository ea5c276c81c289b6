import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../../api/queryKeys';
import { useAct } from '../../../hooks/useAct';
import { Refused } from '../../../parts/Refused';
import { FormDialog } from '../../../primitives/FormDialog';
import { TextField } from '../../../primitives/TextField';
import type { Organization } from '../api/organizations';
import { changeRule, mostYears, type RetentionRule } from '../api/retention';

interface RuleFormProps {
  organization: Organization;
  rule: RetentionRule;
  onClose(): void;
}

/** Another number of years for one kind: never below the floor. */
export function RuleForm({ organization, rule: { kind, years, floorYears }, onClose }: RuleFormProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { busy, problem, run } = useAct();
  const [text, setText] = useState(String(years));
  const [asked, setAsked] = useState(false);
  const wanted = Number(text.trim());
  const isSound = Number.isInteger(wanted) && wanted >= floorYears && wanted <= mostYears;
  async function onSubmit() {
    setAsked(true);
    if (!isSound) return;
    const changed = await run(async () =>
      queries.setQueryData(queryKeys.retention(organization.id), await changeRule(organization.id, kind, wanted)),
    );
    if (changed) onClose();
  }
  return (
    <FormDialog
      title={t('keep.changeTitle', { kind: t(`keep.kind.${kind}`) })}
      text={t('keep.changeText', { organization: organization.name })}
      submit={t('action.save')}
      busy={busy && t('action.saving')}
      onSubmit={onSubmit}
      onClose={onClose}
    >
      <Refused problem={problem} shown={['years']} />
      <TextField
        label={t('keep.yearsOf', { kind: t(`keep.kind.${kind}`).toLocaleLowerCase() })}
        help={t('keep.floor', { count: floorYears })}
        name="years"
        inputMode="numeric"
        verbatim
        value={text}
        onChange={setText}
        error={
          asked && !isSound ? t('keep.badYears', { least: floorYears, most: mostYears }) : problem?.errors.years?.[0]
        }
      />
    </FormDialog>
  );
}
