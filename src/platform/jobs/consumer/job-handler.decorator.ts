import { DiscoveryService } from '@nestjs/core';

import type { JobDefinition } from '../../declarations/job-definition.js';

/** Context of a job beside its payload. */
export interface JobInfo {
  readonly id: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  readonly last: boolean;
}

/** A method that processes jobs of one kind. If it throws, the job is retried. */
export type JobMethod<Payload> = (payload: Payload, job: JobInfo) => Promise<void>;

export const JobHandlerMetadata = DiscoveryService.createDecorator<JobDefinition>();

/** Makes the method the handler of a kind of job. */
export function JobHandler<Payload>(definition: JobDefinition<Payload>) {
  return (
    target: object,
    key: string,
    descriptor: TypedPropertyDescriptor<JobMethod<Payload>>,
  ): void => {
    JobHandlerMetadata(definition as JobDefinition)(target, key, descriptor);
  };
}
