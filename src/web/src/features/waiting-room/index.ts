// What a guest's page needs of it, who comes by the patient's link.
export { type Place, waitingRoomApi } from './api/waitingRoom';
export { DeviceCheck } from './components/DeviceCheck';
export { LineWords } from './components/LineWords';
export { Meanwhile } from './components/Meanwhile';
export { Waiting } from './components/Waiting';
export { WaitingRoomPage } from './WaitingRoomPage';
