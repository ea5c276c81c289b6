export { PracticeNav } from './PracticeNav';
export { PracticePages } from './PracticePages';
