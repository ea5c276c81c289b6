// What a guest's page needs of the room; the page of the two people is the default of index.
export { RoomView } from './components/RoomView';
export { useGuestRoom } from './hooks/useRoom';
