const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ei: 2 ** 60,
};

/** A Kubernetes quantity of memory or storage in bytes; NaN when it is none. */
export function bytes(quantity: string): number {
  const [, amount = '', unit = ''] = /^(\d+)([A-Za-z]*)$/.exec(quantity) ?? [];
  return Number(amount || Number.NaN) * (UNITS[unit] ?? Number.NaN);
}

/** A Kubernetes quantity of CPU in cores. */
export function cores(quantity: string): number {
  return quantity.endsWith('m') ? Number(quantity.slice(0, -1)) / 1000 : Number(quantity);
}
