/** What may be pressed: no chat (the conversation is the visit's own), no recording, nobody invited from there. */
const buttons = ['microphone', 'camera', 'desktop', 'select-background', 'tileview', 'settings', 'hangup'];

/** Jitsi's own settings, of which none sends anything elsewhere, records, or keeps. */
const config: Record<string, unknown> = {
  'prejoinConfig.enabled': false,
  disableDeepLinking: true,
  toolbarButtons: buttons,
  disableChat: true,
  disablePolls: true,
  disableInviteFunctions: true,
  doNotStoreRoom: true,
  hideConferenceSubject: true,
  'recordingService.enabled': false,
  'recordingService.sharingEnabled': false,
  'liveStreaming.enabled': false,
  'localRecording.disable': true,
  'transcription.enabled': false,
  'fileSharing.enabled': false,
  'whiteboard.enabled': false,
  disableThirdPartyRequests: true,
  'analytics.disabled': true,
  'analytics.rtcstatsEnabled': false,
  'gravatar.disabled': true,
  enableEmailInStats: false,
  enableDisplayNameInStats: false,
};

/** Jitsi counts the frames of a page by this; there is one. */
export const frameNumber = 1;

/**
 * Where the frame leads: the room with what opens it, and the settings behind the `#`, as Jitsi's IFrame API writes them. Null where the address is not https:
 * a frame that could be anything is not shown.
 */
export function jitsiAddress(url: string, token: string, language: string): string | null {
  if (!URL.canParse(url)) return null;
  const address = new URL(url);
  if (address.protocol !== 'https:') return null;
  address.search = new URLSearchParams({ jwt: token }).toString();
  const settings = Object.entries({ ...config, defaultLanguage: language }).map(([name, value]) => [
    `config.${name}`,
    JSON.stringify(value),
  ]);
  address.hash = [['jitsi_meet_external_api_id', String(frameNumber)], ...settings]
    .map(([name = '', value = '']) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  return address.toString();
}
