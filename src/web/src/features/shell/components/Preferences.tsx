import { Languages, SunMoon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, currentLanguage, languageNames, languages } from '../../../i18n';
import { Picker } from '../../../primitives/Picker';
import { chooseTheme, currentTheme, themes } from '../theme';

export function LanguagePicker() {
  const { t } = useTranslation();
  return (
    <Picker
      label={t('language.label')}
      sign={<Languages className="size-4" />}
      value={currentLanguage()}
      options={languages.map((value) => ({ value, label: languageNames[value] }))}
      onChange={(language) => void chooseLanguage(language)}
    />
  );
}

export function ThemePicker() {
  const { t } = useTranslation();
  const [theme, setTheme] = useState(currentTheme);
  return (
    <Picker
      label={t('theme.label')}
      sign={<SunMoon className="size-4" />}
      value={theme}
      options={themes.map((value) => ({ value, label: t(`theme.${value}`) }))}
      onChange={(next) => {
        chooseTheme(next);
        setTheme(next);
      }}
    />
  );
}
