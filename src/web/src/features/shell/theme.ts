export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const key = 'colloque.theme';
const device = matchMedia('(prefers-color-scheme: dark)');

export function currentTheme(): Theme {
  return themes.find((theme) => theme === localStorage.getItem(key)) ?? 'auto';
}

export function chooseTheme(theme: Theme) {
  if (theme === 'auto') localStorage.removeItem(key);
  else localStorage.setItem(key, theme);
  apply();
}

function apply() {
  const theme = currentTheme();
  const dark = theme === 'dark' || (theme === 'auto' && device.matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}

/** Follows the device while the reader has chosen nothing; theme.js did the first paint. */
export function followDeviceTheme() {
  device.addEventListener('change', apply);
}
