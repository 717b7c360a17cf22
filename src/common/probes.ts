/** What kubelet and Prometheus ask for, again and again: never refused, and no news to anybody. */
export const PROBES: readonly string[] = ['/health', '/ready', '/metrics'];
