export { Incoming as default } from './Incoming';
