import { problem, ResourceNotFound } from '../../../platform/problems/problem.js';

/** 404: there is no job with this id; ended ones go after their retention. */
export class JobNotFound extends problem(ResourceNotFound, 'There is no job with this id.') {}

/** 409: only failed jobs are retried, and running ones are not deleted. */
export class JobStateConflict extends problem(
  { code: 'jobs.wrong-state', status: 409, title: 'Job in another state' },
  'The state of the job does not allow this: only failed jobs are retried, and running ones are not deleted.',
) {}
