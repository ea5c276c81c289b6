export { AgendaPage } from './AgendaPage';
export { VisitPage } from './visit/VisitPage';
