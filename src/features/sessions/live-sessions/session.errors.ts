import { problem } from '../../../platform/problems/problem.js';

/** 404: the caller has no live session with this id. */
export class SessionNotFound extends problem('request.not-found', 'There is no such session.') {}
