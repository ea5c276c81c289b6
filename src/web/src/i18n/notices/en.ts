/** Words of the bell and of what it rings for. Like `../en`, the source of the other languages. */
export const en = {
  'bell.none': 'Notices: nothing new',
  'bell.unread_one': 'Notices: {{count}} new',
  'bell.unread_other': 'Notices: {{count}} new',
  'bell.said': 'New notice: {{title}}',
  'notices.title': 'Notices',
  'notices.readAll': 'Mark all as read',
  'notices.reading': 'Marking…',
  'notices.unread_one': '{{count}} not read yet.',
  'notices.unread_other': '{{count}} not read yet.',
  'notices.allRead': 'You have read everything.',
  'notices.readFailed': 'That did not work. Try again.',
  'notices.emptyTitle': 'Nothing to tell you yet',
  'notices.emptyPatient': 'When a visit is confirmed, moved or called off, or is near, you read it here.',
  'notices.emptyPractitioner':
    'When somebody books, moves or calls off a visit, or hands one over to you, you read it here.',
  'notices.new': 'new',
  'notices.settings': 'What comes by mail, and when',
  'notices.zone': 'Times are those of {{city}}.',
};

export type NoticesMessages = Record<keyof typeof en, string>;
