import { useTranslation } from 'react-i18next';
import type { Problem } from '../api/problem';
import { looksLikeEmail, passwordFault, passwordLength } from './fields';

/** What is wrong with a field, in words, or undefined: the reader's own slips first, then what the server refused. */
export function useFieldWords(asked: boolean, problem: Problem | null) {
  const { t } = useTranslation();
  const refused = (name: string) => problem?.errors[name]?.[0];
  return {
    text: (name: string, value: string) => (asked && !value.trim() ? t('field.missing') : refused(name)),

    email: (value: string) => {
      if (asked && !value.trim()) return t('signIn.missingEmail');
      return asked && !looksLikeEmail(value) ? t('field.badEmail') : refused('email');
    },

    password: (value: string, name = 'password') => {
      const fault = asked ? passwordFault(value) : null;
      if (fault === 'missing') return t('signIn.missingPassword');
      if (fault === 'short') return t('password.short', { count: passwordLength.min });
      if (fault === 'long') return t('password.long', { count: passwordLength.max });
      return refused(name);
    },
  };
}
