import type { Adapter, AdapterPayload } from 'oidc-provider';

/** What a provider of tests remembers; its own store in memory warns that it is not for production. */
export function memoryStore(): (model: string) => Adapter {
  const rows = new Map<string, AdapterPayload>();
  return (model) => {
    const key = (id: string) => `${model}:${id}`;
    const by = (fits: (row: AdapterPayload) => boolean) =>
      Promise.resolve([...rows.values()].find(fits));
    return {
      upsert: (id, payload) => {
        rows.set(key(id), payload);
        return Promise.resolve();
      },
      find: (id) => Promise.resolve(rows.get(key(id))),
      findByUid: (uid) => by((row) => row.uid === uid),
      findByUserCode: (code) => by((row) => row.userCode === code),
      consume: (id) => {
        const row = rows.get(key(id));
        if (row !== undefined) row['consumed'] = 1;
        return Promise.resolve();
      },
      destroy: (id) => {
        rows.delete(key(id));
        return Promise.resolve();
      },
      revokeByGrantId: (grantId) => {
        for (const [id, row] of rows) if (row.grantId === grantId) rows.delete(id);
        return Promise.resolve();
      },
    };
  };
}
