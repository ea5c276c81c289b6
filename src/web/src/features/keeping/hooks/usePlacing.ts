import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../../api/queryKeys';
import { useAct } from '../../../hooks/useAct';
import { type HoldOf, isFileNumber, placeHold } from '../api/holds';

/** Placing a hold under a file number. `asked`: somebody wanted to, and now each field says what is wrong with it. */
export function usePlacing() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { busy, problem, run } = useAct();
  const [reference, setReference] = useState('');
  const [asked, setAsked] = useState(false);
  const number = reference.trim();
  const isSound = isFileNumber(number);

  /** Whether it is placed; null: what it would be of is not right. */
  async function place(of: HoldOf | null): Promise<boolean> {
    setAsked(true);
    if (!of || !isSound || !(await run(() => placeHold(of, number)))) return false;
    await queries.invalidateQueries({ queryKey: queryKeys.legalHolds });
    return true;
  }
  const fault = asked && !isSound ? t('hold.badReference') : problem?.errors.reference?.[0];
  return { busy, problem, asked, reference, setReference, fault, place };
}

export type Placing = ReturnType<typeof usePlacing>;
