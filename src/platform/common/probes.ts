/** Paths that the kubelet and Prometheus ask for all the time: never refused, logged at DEBUG only, not traced. */
export const PROBES: readonly string[] = ['/health', '/ready', '/metrics'];
