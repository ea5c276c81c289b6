export { isFileNumber, isId, placeHold } from './api/holds';
export { HoldList } from './components/HoldList';
export { HoldsPage } from './HoldsPage';
