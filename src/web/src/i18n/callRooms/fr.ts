import type { CallRoomsMessages } from './en';

export const fr: CallRoomsMessages = {
  'rooms.offer': 'Se voir et s’entendre',
  'rooms.offerText':
    'Votre navigateur peut demander la caméra et le micro : choisissez « Autoriser ». Rien n’est enregistré.',
  'rooms.enter': 'Entrer',
  'rooms.entering': 'Entrée…',
  'rooms.in': 'Vous y êtes.',
  'rooms.alone': 'Vous y êtes. L’autre personne n’est pas encore là.',
  'rooms.again': 'La connexion s’est interrompue. Nouvelle tentative en cours…',
  'rooms.noRecording': 'Rien n’est enregistré.',
  'rooms.leave': 'Quitter',
  'rooms.back': 'Retour à la conversation',
  'rooms.frame': 'Image et son de la visite',
  'rooms.controls': 'Image et son',
  'rooms.you': 'Vous',
  'rooms.somebody': 'Quelqu’un dans la visite',
  'rooms.muted': 'micro coupé',
  'rooms.mute': 'Couper le micro',
  'rooms.unmute': 'Ouvrir le micro',
  'rooms.cameraOff': 'Couper la caméra',
  'rooms.cameraOn': 'Ouvrir la caméra',
  'rooms.share': 'Partager l’écran',
  'rooms.unshare': 'Arrêter le partage',
  'rooms.missing.microphone':
    'Le navigateur ne donne pas accès au micro. Autorisez-le par le signe à gauche de l’adresse, puis « Ouvrir le micro ».',
  'rooms.missing.camera': 'Le navigateur ne donne pas accès à la caméra. On vous entend quand même.',
  'rooms.failed': 'La salle est injoignable. La conversation continue ici ; réessayez dans un instant.',
  'rooms.broken':
    'L’adresse de la salle n’a pas de sens. Prévenez ceux qui s’occupent de ce service ; la conversation continue ici.',
};
