/** Characters; the server's own limits. */
export const passwordLength = { min: 8, max: 256 };

export type PasswordFault = 'missing' | 'short' | 'long' | null;

export function passwordFault(password: string): PasswordFault {
  if (!password) return 'missing';
  // As the server counts: code points, so that an emoji is one.
  const length = [...password].length;
  if (length < passwordLength.min) return 'short';
  return length > passwordLength.max ? 'long' : null;
}

/** Roughly an address: enough to catch a slip; whether it exists, the mail to it says. */
export const looksLikeEmail = (text: string) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());

/** Six digits however they were typed or pasted: "123 456". */
export const digitsOf = (text: string) => text.replace(/\D/g, '').slice(0, 6);

/** The token of a one-time link. What follows # never leaves the browser by itself, so it is in no log. */
export const tokenFromAddress = () => decodeURIComponent(window.location.hash.slice(1));
