export { MovePage } from './MovePage';
export { PastVisitsPage } from './PastVisitsPage';
export { VisitPage } from './VisitPage';
export { VisitsPage } from './VisitsPage';
