export { ChatButton } from './ChatButton';
export { ChatCount } from './ChatCount';
