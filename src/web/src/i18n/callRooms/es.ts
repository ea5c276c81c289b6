import type { CallRoomsMessages } from './en';

export const es: CallRoomsMessages = {
  'rooms.offer': 'Verse y oírse',
  'rooms.offerText': 'Su navegador puede pedir la cámara y el micrófono: elija «Permitir». No se graba nada.',
  'rooms.enter': 'Entrar',
  'rooms.entering': 'Entrando…',
  'rooms.in': 'Está dentro.',
  'rooms.alone': 'Está dentro. La otra persona aún no ha llegado.',
  'rooms.again': 'La conexión se ha cortado. Se intenta de nuevo…',
  'rooms.noRecording': 'No se graba nada.',
  'rooms.leave': 'Salir',
  'rooms.back': 'Volver a la conversación',
  'rooms.frame': 'Imagen y sonido de la visita',
  'rooms.controls': 'Imagen y sonido',
  'rooms.you': 'Usted',
  'rooms.somebody': 'Alguien en la visita',
  'rooms.muted': 'micrófono apagado',
  'rooms.mute': 'Silenciar',
  'rooms.unmute': 'Activar el micrófono',
  'rooms.cameraOff': 'Apagar la cámara',
  'rooms.cameraOn': 'Encender la cámara',
  'rooms.share': 'Compartir pantalla',
  'rooms.unshare': 'Dejar de compartir',
  'rooms.missing.microphone':
    'El navegador no da acceso al micrófono. Permítalo con el signo a la izquierda de la dirección y pulse «Activar el micrófono».',
  'rooms.missing.camera': 'El navegador no da acceso a la cámara. Se le oye igualmente.',
  'rooms.failed': 'No se puede llegar a la sala. La conversación sigue aquí; inténtelo de nuevo en un momento.',
  'rooms.broken':
    'La dirección de la sala no tiene sentido. Avise a quienes cuidan este servicio; la conversación sigue aquí.',
};
