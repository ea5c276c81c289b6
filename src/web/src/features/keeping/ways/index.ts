export { type Keeping, KeepingActs, KeepingDialog } from './KeepingActs';
