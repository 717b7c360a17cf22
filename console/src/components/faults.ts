import { ApiProblem } from '../../../client/user-api.js';

/** A part of a request that the service refuses. */
export interface Fault {
  /** Of the field or the filter. */
  readonly name: string;
  readonly detail: string;
}

/** What the service says is wrong with each part: `/types/0` is about the field `types`, `query/since` about the filter. */
export function faultsOf(error: Error | null | undefined): readonly Fault[] {
  const errors = error instanceof ApiProblem ? (error.problem.errors ?? []) : [];
  return errors.map(({ pointer, detail }) => ({ name: pointer.split('/')[1] ?? '', detail }));
}
