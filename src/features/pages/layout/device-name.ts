/** The more special first: others imitate browsers that are more common. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];

/** What people call a device, such as `Firefox, Linux`, by its `User-Agent`; undefined for what nobody knows. */
export function deviceName(userAgent: string | null): string | undefined {
  const name = (of: typeof BROWSERS) => of.find(([sign]) => sign.test(userAgent ?? ''))?.[1];
  const known = [name(BROWSERS), name(SYSTEMS)].filter((part) => part !== undefined);
  return known.length > 0 ? known.join(', ') : programName(userAgent);
}

/** The first product, such as `curl` of `curl/8.5.0`. */
function programName(userAgent: string | null): string | undefined {
  return /^([\w.-]{1,40})\//.exec(userAgent ?? '')?.[1];
}
