export { AdminPages as default } from './AdminPages';
