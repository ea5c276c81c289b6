/** Pixels along the longer side: sharp at every size it is shown in, and small for a weak network. */
const longest = 1024;

/** Width and height that keep the shape, and are never larger than the original. */
export function fitted(width: number, height: number, most = longest): { width: number; height: number } {
  const scale = Math.min(1, most / Math.max(width, height));
  return { width: Math.max(Math.round(width * scale), 1), height: Math.max(Math.round(height * scale), 1) };
}

/**
 * The picture upright and small, as a JPEG. Drawing it anew leaves behind what a camera wrote into it (place, time, device) before
 * anything leaves this device. Rejects what is no picture.
 */
export async function preparePicture(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const { width, height } = fitted(bitmap.width, bitmap.height);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('No canvas.');
  // JPEG has no transparency; without a ground it would turn black.
  pen.fillStyle = 'white';
  pen.fillRect(0, 0, width, height);
  pen.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return await new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('Not encodable.'))), 'image/jpeg', 0.9),
  );
}
