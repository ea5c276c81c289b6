export { ConsultationPage as default } from './ConsultationPage';
