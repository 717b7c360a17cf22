import { problem, ResourceNotFound } from '../../../platform/problems/problem.js';

/** 404: the caller has no live session with this id. */
export class SessionNotFound extends problem(ResourceNotFound, 'There is no such session.') {}
