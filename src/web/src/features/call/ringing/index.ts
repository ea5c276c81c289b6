export { Incoming } from './Incoming';
export { LetRing } from './LetRing';
