import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Messages } from './en';

export const languages = ['fr', 'en', 'es'] as const;
export type Language = (typeof languages)[number];
export const languageNames: Record<Language, string> = { fr: 'Français', en: 'English', es: 'Español' };

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: Messages };
    keySeparator: false;
    nsSeparator: false;
  }
}

const chosen = 'colloque.language';
const load: Record<Language, () => Promise<Messages>> = {
  fr: async () => (await import('./fr')).fr,
  en: async () => (await import('./en')).en,
  es: async () => (await import('./es')).es,
};

const known = (tag: string | null | undefined) => languages.find((language) => tag?.toLowerCase().startsWith(language));

/** The language that the reader chose here, else the device's, else French. */
function preferred(): Language {
  return known(localStorage.getItem(chosen)) ?? navigator.languages.map(known).find(Boolean) ?? 'fr';
}

async function show(language: Language) {
  if (!i18next.hasResourceBundle(language, 'translation'))
    i18next.addResourceBundle(language, 'translation', await load[language]());
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export async function startLanguage() {
  await i18next.use(initReactI18next).init({
    resources: {},
    partialBundledLanguages: true,
    keySeparator: false,
    nsSeparator: false,
    fallbackLng: false,
    // React escapes.
    interpolation: { escapeValue: false },
  });
  await show(preferred());
}

/** The reader's own choice, kept on this device. */
export async function chooseLanguage(language: Language) {
  localStorage.setItem(chosen, language);
  await show(language);
}

/** The account's language, unless this device's reader chose another. */
export async function suggestLanguage(tag: string | null) {
  const language = known(tag);
  if (language && !localStorage.getItem(chosen)) await show(language);
}

export const currentLanguage = (): Language => known(i18next.resolvedLanguage ?? i18next.language) ?? 'fr';
