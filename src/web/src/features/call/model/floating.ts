/** The large picture of the stage, if any. */
const largePicture = () =>
  document.querySelector<HTMLVideoElement>('video[data-large]') ??
  document.querySelector<HTMLVideoElement>('.stage figure video');

export const canFloat = () => 'pictureInPictureEnabled' in document && document.pictureInPictureEnabled;

/** Puts the large picture above all other windows, or back. Without a picture, or where the device cannot, nothing happens. */
export async function floatPicture() {
  if (!canFloat()) return;
  if (document.pictureInPictureElement) await document.exitPictureInPicture().catch(() => undefined);
  else
    await largePicture()
      ?.requestPictureInPicture()
      .catch(() => undefined);
}
