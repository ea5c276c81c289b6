export { VisitRecords } from './VisitRecords';
