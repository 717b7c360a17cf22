import { DiscoveryService } from '@nestjs/core';

import type { JobDefinition } from '../../declarations/job-definition.js';

/** What a handler learns about the job beside its payload. */
export interface JobInfo {
  readonly id: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** No attempt follows when this one fails. */
  readonly last: boolean;
}

/** A method that does jobs of one kind. It throws to have the job tried again. */
export type JobMethod<Payload> = (payload: Payload, job: JobInfo) => Promise<void>;

export const JobHandlerMetadata = DiscoveryService.createDecorator<JobDefinition>();

/** Makes the method the handler of a kind of job, found when the process starts to consume. */
export function JobHandler<Payload>(definition: JobDefinition<Payload>) {
  return (
    target: object,
    key: string,
    descriptor: TypedPropertyDescriptor<JobMethod<Payload>>,
  ): void => {
    JobHandlerMetadata(definition as JobDefinition)(target, key, descriptor);
  };
}
