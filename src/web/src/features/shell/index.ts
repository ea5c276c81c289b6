export { AdminPage } from './components/AdminPage';
export { LanguagePicker, ThemePicker } from './components/Preferences';
export { ProblemPage } from './components/ProblemPage';
export { Shell } from './components/Shell';
export { Wordmark } from './components/Wordmark';
export { followDeviceTheme } from './theme';
