export { TestsFound } from './TestsFound';
