/** Browser of the system. */
export const CHROMIUM = '/usr/bin/chromium';
