/** Every zone that this browser knows, and the one that is set, also where this browser does not know it. */
export function timeZones(own: string): { value: string; label: string }[] {
  const known = typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : [];
  return [...new Set([own, ...known])].sort().map((value) => ({ value, label: value.replaceAll('_', ' ') }));
}
