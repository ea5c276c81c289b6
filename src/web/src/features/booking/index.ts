export { usePractitioner } from './api/practitioners';
export { BookedPage } from './BookedPage';
export { BookPage } from './BookPage';
export { Wishes } from './components/Wishes';
export { FindPage } from './FindPage';
export { PractitionerPage } from './PractitionerPage';
