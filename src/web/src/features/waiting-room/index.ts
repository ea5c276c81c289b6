export { WaitingRoomPage } from './WaitingRoomPage';
