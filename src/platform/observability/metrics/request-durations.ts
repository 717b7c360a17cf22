import { Durations, type Exemplar } from './durations.js';

/** Seconds: 5 ms to 10 s, usual for APIs; Prometheus' defaults. */
export const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Labels as in the contract; each from a closed set, so that series stay few. */
export interface RequestLabels extends Record<string, string> {
  readonly method: string;
  readonly endpoint: string;
  readonly status_code: string;
}

/** `http_requests_total` and `http_request_duration_seconds`. */
export class RequestDurations extends Durations<RequestLabels> {
  constructor() {
    super({
      scope: 'http',
      bounds: DURATION_BUCKETS,
      total: { name: 'http_requests_total', description: 'Requests answered.', unit: '{request}' },
      histogram: {
        name: 'http_request_duration_seconds',
        description: 'Seconds from the head of a request to the end of its answer.',
        unit: 's',
      },
    });
  }

  /** @param bound upper bound of a bucket in seconds, `Infinity` for the last. */
  exemplar({ method, endpoint, status_code }: RequestLabels, bound: number): Exemplar | undefined {
    const found = this.all.find(
      ({ labels }) =>
        labels.method === method &&
        labels.endpoint === endpoint &&
        labels.status_code === status_code,
    );
    const bucket = bound === Infinity ? DURATION_BUCKETS.length : DURATION_BUCKETS.indexOf(bound);
    return found?.exemplars[bucket];
  }
}
