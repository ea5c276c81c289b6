export { WaitingList } from './components/WaitingList';
export { QueuePage } from './QueuePage';
export { useDoorbell } from './useDoorbell';
