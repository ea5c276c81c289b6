export { OtherRoom } from './OtherRoom';
export { RoomByProvider } from './RoomByProvider';
