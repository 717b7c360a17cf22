import type { FastifyReply } from 'fastify';

import { entityTag } from '../../platform/routes/preconditions.js';
import type { User } from './user.entity.js';
import { toUserResponse } from './user.mapper.js';
import type { UserResponse } from './user.schemas.js';

/** The body of an answer with a user, whose entity tag is put into the headers. */
export function userAnswer(reply: FastifyReply, user: User): UserResponse {
  void reply.header('etag', entityTag(user));
  return toUserResponse(user);
}
