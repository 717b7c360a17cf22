import { newPerson, throughProvider } from '../../support/identities.js';
import { verifiedUser } from '../../support/factors.js';
import { PASSWORD } from '../../support/accounts.js';
import type { Bench, Kind } from './bench.js';

/** State tokens that are not accepted, each with the callback that fits it. */
export async function exchangeKinds({ api, provider }: Bench): Promise<Kind[]> {
  const through = throughProvider(provider);
  const begin = () => through.begin(api, newPerson());
  const change = (sql: string) => api.database.query(sql);
  const unknown = await begin();
  await change('DELETE FROM oidc_states');
  const used = await begin();
  await through.exchange(api, used.token, used.callback);
  const expired = await begin();
  await change('UPDATE oidc_states SET expires_at = now()');
  const owner = api.as(await verifiedUser(api, api.database));
  const linking = await through.begin(owner, newPerson(), { current_password: PASSWORD });
  const present =
    ({ token, callback }: Awaited<ReturnType<typeof begin>>) =>
    () =>
      through.exchange(api, token, callback);
  return [
    ['unknown', present(unknown)],
    ['used', present(used)],
    ['expired', present(expired)],
    ['of somebody who links', present(linking)],
  ];
}
