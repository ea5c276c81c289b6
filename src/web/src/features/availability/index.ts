export { AvailabilityPage } from './AvailabilityPage';
export { useHourSettings } from './api/availability';
