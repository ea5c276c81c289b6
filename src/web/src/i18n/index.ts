import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { AccountMessages } from './account/en';
import type { AdminMessages } from './admin/en';
import type { CallMessages } from './call/en';
import type { CallRoomsMessages } from './callRooms/en';
import type { CallTestMessages } from './callTest/en';
import type { ChatMessages } from './chat/en';
import type { Messages } from './en';
import type { KeepingMessages } from './keeping/en';
import type { NoticesMessages } from './notices/en';
import type { PatientMessages } from './patient/en';
import type { PracticeMessages } from './practice/en';
import type { RecordsMessages } from './records/en';
import type { RoomMessages } from './room/en';

export const languages = ['fr', 'en', 'es'] as const;
export type Language = (typeof languages)[number];
export const languageNames: Record<Language, string> = { fr: 'Français', en: 'English', es: 'Español' };

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: {
      translation: Messages &
        AccountMessages &
        AdminMessages &
        CallMessages &
        CallRoomsMessages &
        CallTestMessages &
        ChatMessages &
        KeepingMessages &
        NoticesMessages &
        PatientMessages &
        PracticeMessages &
        RecordsMessages &
        RoomMessages;
    };
    keySeparator: false;
    nsSeparator: false;
  }
}

const chosen = 'colloque.language';
/** The words that every screen may need, and those that come with the screens of their name. */
const load = {
  core: {
    fr: async () => (await import('./fr')).fr,
    en: async () => (await import('./en')).en,
    es: async () => (await import('./es')).es,
  },
  account: {
    fr: async () => (await import('./account/fr')).fr,
    en: async () => (await import('./account/en')).en,
    es: async () => (await import('./account/es')).es,
  },
  admin: {
    fr: async () => (await import('./admin/fr')).fr,
    en: async () => (await import('./admin/en')).en,
    es: async () => (await import('./admin/es')).es,
  },
  call: {
    fr: async () => (await import('./call/fr')).fr,
    en: async () => (await import('./call/en')).en,
    es: async () => (await import('./call/es')).es,
  },
  callRooms: {
    fr: async () => (await import('./callRooms/fr')).fr,
    en: async () => (await import('./callRooms/en')).en,
    es: async () => (await import('./callRooms/es')).es,
  },
  callTest: {
    fr: async () => (await import('./callTest/fr')).fr,
    en: async () => (await import('./callTest/en')).en,
    es: async () => (await import('./callTest/es')).es,
  },
  chat: {
    fr: async () => (await import('./chat/fr')).fr,
    en: async () => (await import('./chat/en')).en,
    es: async () => (await import('./chat/es')).es,
  },
  keeping: {
    fr: async () => (await import('./keeping/fr')).fr,
    en: async () => (await import('./keeping/en')).en,
    es: async () => (await import('./keeping/es')).es,
  },
  notices: {
    fr: async () => (await import('./notices/fr')).fr,
    en: async () => (await import('./notices/en')).en,
    es: async () => (await import('./notices/es')).es,
  },
  patient: {
    fr: async () => (await import('./patient/fr')).fr,
    en: async () => (await import('./patient/en')).en,
    es: async () => (await import('./patient/es')).es,
  },
  practice: {
    fr: async () => (await import('./practice/fr')).fr,
    en: async () => (await import('./practice/en')).en,
    es: async () => (await import('./practice/es')).es,
  },
  records: {
    fr: async () => (await import('./records/fr')).fr,
    en: async () => (await import('./records/en')).en,
    es: async () => (await import('./records/es')).es,
  },
  room: {
    fr: async () => (await import('./room/fr')).fr,
    en: async () => (await import('./room/en')).en,
    es: async () => (await import('./room/es')).es,
  },
} satisfies Record<string, Record<Language, () => Promise<object>>>;
type Group = keyof typeof load;
const needed = new Set<Group>(['core']);
const loaded = new Set<string>();

const known = (tag: string | null | undefined) => languages.find((language) => tag?.toLowerCase().startsWith(language));

/** The language that the reader chose here, else the device's, else French. */
function preferred(): Language {
  return known(localStorage.getItem(chosen)) ?? navigator.languages.map(known).find(Boolean) ?? 'fr';
}

/** French sets a space before these that no line may break at. */
const typeset = (words: object) =>
  Object.fromEntries(
    Object.entries(words).map(([key, text]) => [
      key,
      String(text)
        .replace(/ ([:;?!»])/g, '\u00a0$1')
        .replace(/« /g, '«\u00a0'),
    ]),
  );

async function fetchWords(language: Language) {
  const missing = [...needed].filter((group) => !loaded.has(`${language}/${group}`));
  await Promise.all(
    missing.map(async (group) => {
      const words = await load[group][language]();
      i18next.addResourceBundle(language, 'translation', language === 'fr' ? typeset(words) : words);
      loaded.add(`${language}/${group}`);
    }),
  );
}

/** A screen together with its words, for `lazy`. */
export async function withWords<T>(group: Group, screen: () => Promise<T>): Promise<T> {
  needed.add(group);
  const [page] = await Promise.all([screen(), fetchWords(currentLanguage())]);
  return page;
}

async function show(language: Language) {
  await fetchWords(language);
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
