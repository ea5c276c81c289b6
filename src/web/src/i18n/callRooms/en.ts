/** Words of rooms that a media server holds. Like `../en`, the source of the other languages. */
export const en = {
  'rooms.offer': 'See and hear each other',
  'rooms.offerText': 'Your browser may ask for camera and microphone: choose “Allow”. Nothing is recorded.',
  'rooms.enter': 'Go in',
  'rooms.entering': 'Going in…',
  'rooms.in': 'You are in.',
  'rooms.alone': 'You are in. The other person is not here yet.',
  'rooms.again': 'The connection broke off. Going in again by itself…',
  'rooms.noRecording': 'Nothing is recorded.',
  'rooms.leave': 'Leave',
  'rooms.back': 'Back to the conversation',
  'rooms.frame': 'Picture and sound of the visit',
  'rooms.controls': 'Picture and sound',
  'rooms.you': 'You',
  'rooms.somebody': 'Somebody in the visit',
  'rooms.muted': 'microphone off',
  'rooms.mute': 'Mute',
  'rooms.unmute': 'Unmute',
  'rooms.cameraOff': 'Camera off',
  'rooms.cameraOn': 'Camera on',
  'rooms.share': 'Share the screen',
  'rooms.unshare': 'Stop sharing',
  'rooms.missing.microphone':
    'The browser does not give the microphone. Allow it by the sign to the left of the address, then press “Unmute”.',
  'rooms.missing.camera': 'The browser does not give the camera. You are heard all the same.',
  'rooms.failed': 'The room cannot be reached. The conversation goes on here; try again in a moment.',
  'rooms.broken':
    'The room’s address makes no sense. Tell those who look after this service; the conversation goes on here.',
};

export type CallRoomsMessages = Record<keyof typeof en, string>;
