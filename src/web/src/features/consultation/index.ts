export { ConsultationPage as default } from './ConsultationPage';
// What a guest's page needs of the room.
export { RoomView } from './components/RoomView';
export { useGuestRoom } from './useVisitRoom';
