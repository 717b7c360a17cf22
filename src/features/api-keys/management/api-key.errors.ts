import { problem, ResourceNotFound } from '../../../platform/problems/problem.js';

/** 404: no API key has this id. */
export class ApiKeyNotFound extends problem(ResourceNotFound, 'There is no such API key.') {}
