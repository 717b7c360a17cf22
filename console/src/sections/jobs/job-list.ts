import { dataOf, type Schema } from '../../../../client/user-api.js';
import { api } from '../../access/api.js';
import type { PageQuery } from '../../components/listing.js';

export type Job = Schema<'Job'>;

export const JOBS_KEY = ['jobs'] as const;

/** A page of jobs, of a queue and in a state where these are named. @throws ApiProblem */
export function readJobs(
  page: PageQuery,
  { queue, state }: Readonly<Record<string, string>>,
  signal?: AbortSignal,
) {
  const query = {
    ...page,
    ...(queue && { queue }),
    ...(state && { state: state as Job['state'] }),
  };
  return dataOf(api.GET('/admin/jobs', { params: { query }, ...(signal && { signal }) }));
}
