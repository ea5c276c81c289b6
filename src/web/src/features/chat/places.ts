import type { User } from '../../api/session';

/** Where one's conversations are; each has its id behind it. */
export const chatBase = (role: User['role']) => (role === 'PRACTITIONER' ? '/professional/chat' : '/patient/chat');
