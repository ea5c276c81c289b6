/** Hands bytes to the browser's own download, under the name the sender gave. */
export function saveAs(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // Revoked once the browser has taken it up.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
