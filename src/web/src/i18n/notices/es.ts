import type { NoticesMessages } from './en';

export const es: NoticesMessages = {
  'bell.none': 'Avisos: nada nuevo',
  'bell.unread_one': 'Avisos: {{count}} nuevo',
  'bell.unread_other': 'Avisos: {{count}} nuevos',
  'bell.said': 'Nuevo aviso: {{title}}',
  'notices.title': 'Avisos',
  'notices.readAll': 'Marcar todo como leído',
  'notices.reading': 'Un momento…',
  'notices.unread_one': '{{count}} sin leer.',
  'notices.unread_other': '{{count}} sin leer.',
  'notices.allRead': 'Lo ha leído todo.',
  'notices.readFailed': 'No ha funcionado. Inténtelo de nuevo.',
  'notices.emptyTitle': 'Nada que contarle por ahora',
  'notices.emptyPatient': 'Cuando una cita se confirma, se cambia o se cancela, o cuando se acerca, lo lee aquí.',
  'notices.emptyPractitioner': 'Cuando alguien reserva, cambia o cancela una cita, o le pasa una, lo lee aquí.',
  'notices.new': 'nuevo',
  'notices.settings': 'Qué llega por correo, y cuándo',
  'notices.zone': 'Las horas son las de {{city}}.',
};
