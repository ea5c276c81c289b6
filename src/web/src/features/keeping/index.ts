export { isId } from './api/holds';
export { FileNumber } from './components/FileNumber';
export { HoldList } from './components/HoldList';
export { HoldsPage } from './HoldsPage';
export { usePlacing } from './hooks/usePlacing';
