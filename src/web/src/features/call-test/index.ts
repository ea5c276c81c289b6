export { CallTest } from './CallTest';
export { CallTestPage } from './CallTestPage';
