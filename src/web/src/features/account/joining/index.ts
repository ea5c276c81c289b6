export { Invitation } from './Invitation';
export { Register } from './Register';
export { VerifyEmail } from './VerifyEmail';
