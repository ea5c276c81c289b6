import { acceptedTypes, announcedType, maxFileSize } from '../../../parts/conversation/api/files';

/** What can be a report: what can be sent, but for sounds. */
export const reportTypes = acceptedTypes.filter((type) => !type.startsWith('audio/'));

export type ReportFault = 'attachBadType' | 'attachTooLarge';

/** The type to announce it by, or why it would be refused. */
export function reportOf(file: File): { type: string } | { fault: ReportFault } {
  const type = announcedType(file);
  if (!type || !reportTypes.includes(type)) return { fault: 'attachBadType' };
  return file.size > maxFileSize ? { fault: 'attachTooLarge' } : { type };
}
