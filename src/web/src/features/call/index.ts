export { CallPlace as default } from './CallPlace';
