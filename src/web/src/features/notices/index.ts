export { Bell } from './Bell';
export { NoticesPage } from './NoticesPage';
