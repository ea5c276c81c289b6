const systems = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/CrOS/, 'Chromebook'],
  [/Linux/, 'Linux'],
] as const;

const browsers = [
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/OPR\//, 'Opera'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const;

const firstOf = (known: readonly (readonly [RegExp, string])[], agent: string) =>
  known.find(([pattern]) => pattern.test(agent))?.[1];

/** "Firefox, Windows": what a person calls the thing that this user agent comes from. Empty when nothing is known. */
export const deviceName = (agent: string) =>
  [firstOf(browsers, agent), firstOf(systems, agent)].filter(Boolean).join(', ');

export const thisDevice = () => deviceName(navigator.userAgent);
