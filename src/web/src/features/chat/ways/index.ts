export { ChatButton } from './ChatButton';
export { ChatCount } from './ChatCount';
export { NewestTalk } from './NewestTalk';
