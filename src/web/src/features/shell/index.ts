export { AdminPage } from './components/AdminPage';
export { Door } from './components/Door';
export { ProblemPage } from './components/ProblemPage';
export { Shell } from './components/Shell';
export { useProblemWords } from './problemWords';
export { followDeviceTheme } from './theme';
