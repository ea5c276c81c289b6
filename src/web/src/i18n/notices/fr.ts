import type { NoticesMessages } from './en';

export const fr: NoticesMessages = {
  'bell.none': 'Notifications : rien de nouveau',
  'bell.unread_one': 'Notifications : {{count}} nouvelle',
  'bell.unread_other': 'Notifications : {{count}} nouvelles',
  'bell.said': 'Nouvelle notification : {{title}}',
  'notices.title': 'Notifications',
  'notices.readAll': 'Tout marquer comme lu',
  'notices.reading': 'Un instant…',
  'notices.unread_one': '{{count}} pas encore lue.',
  'notices.unread_other': '{{count}} pas encore lues.',
  'notices.allRead': 'Vous avez tout lu.',
  'notices.readFailed': 'Cela n’a pas marché. Réessayez.',
  'notices.emptyTitle': 'Rien à vous dire pour l’instant',
  'notices.emptyPatient': 'Quand un rendez-vous est confirmé, déplacé ou annulé, ou qu’il approche, vous le lisez ici.',
  'notices.emptyPractitioner':
    'Quand quelqu’un prend, déplace ou annule un rendez-vous, ou vous en transmet un, vous le lisez ici.',
  'notices.new': 'nouveau',
  'notices.settings': 'Ce qui vient par e-mail, et quand',
  'notices.zone': 'Les heures sont celles de {{city}}.',
};
