export { ForcedSetUp as default } from './ForcedSetUp';
