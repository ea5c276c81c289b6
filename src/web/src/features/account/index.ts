export { AccountPages as default } from './AccountPages';
