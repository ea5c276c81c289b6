/** VP8 and H.264 are what every browser can; which of them this device does in hardware, so that a phone stays cool, comes first. */
export async function pictureCodecs(): Promise<RTCRtpCodec[]> {
  const known = RTCRtpReceiver.getCapabilities?.('video')?.codecs ?? [];
  const inHardware = await Promise.all(['video/VP8', 'video/H264'].map(isEfficient));
  const order = inHardware[1] && !inHardware[0] ? ['video/H264', 'video/VP8'] : ['video/VP8', 'video/H264'];
  const rank = ({ mimeType }: RTCRtpCodec) => {
    const place = order.indexOf(mimeType);
    if (place >= 0) return place;
    // Repair belongs to all; the others are slow on old phones.
    return /rtx|red|fec/i.test(mimeType) ? 2 : 3;
  };
  return known.filter((codec) => rank(codec) < 3).sort((a, b) => rank(a) - rank(b));
}

async function isEfficient(contentType: string): Promise<boolean> {
  const answer = await navigator.mediaCapabilities
    ?.encodingInfo({
      type: 'webrtc',
      video: { contentType, width: 1280, height: 720, bitrate: 1_500_000, framerate: 30 },
    })
    .catch(() => null);
  return Boolean(answer?.supported && answer.powerEfficient);
}
