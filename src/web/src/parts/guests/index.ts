export { GuestLinks } from './GuestLinks';
