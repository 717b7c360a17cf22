import type { Schema } from '../../../../../client/user-api.js';
import { act, api } from '../../../access/api.js';
import type { VersionedUser } from '../user.js';

/** Changes the version of a user that the reader has seen, and no other. @throws ApiProblem */
export async function changeUser(
  { user: { id }, etag }: VersionedUser,
  body: Schema<'UpdateUser'>,
): Promise<void> {
  const params = { path: { id }, header: { 'If-Match': etag } };
  await act(() => api.PATCH('/users/{id}', { params, body }));
}
