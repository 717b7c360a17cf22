import { dataOf } from '../../../../../client/user-api.js';
import { api } from '../../../access/api.js';
import { notice } from '../../../components/notices.js';
import type { User } from '../user.js';

/** Saves all that the service holds on a user as a file. @throws ApiProblem */
export async function exportUser({ id }: User): Promise<void> {
  const data = await dataOf(api.GET('/users/{id}/export', { params: { path: { id } } }));
  const file = new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `user-${id}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
  notice('Export saved.');
}
