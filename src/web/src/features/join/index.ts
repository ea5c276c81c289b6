export { JoinPage as default } from './JoinPage';
