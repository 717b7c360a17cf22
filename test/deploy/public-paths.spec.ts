import { publicPaths } from '../../scripts/deploy/public-paths.js';

const route = (path: string, exposure?: 'public') => ({
  route: `GET ${path}`,
  path,
  policy: { access: 'public', priority: 'read', ...(exposure && { exposure }) } as const,
});

describe('public paths', () => {
  it('are the first segments of public routes, and whole paths of those that stand alone', () => {
    const routes = [
      route('/notes', 'public'),
      route('/notes/:id', 'public'),
      route('/about', 'public'),
      route('/files/:id', 'public'),
      route('/.well-known/jwks.json', 'public'),
      route('/admin/audit'),
    ];
    expect(publicPaths(routes)).toEqual([
      { path: '/notes', pathType: 'Prefix' },
      { path: '/about', pathType: 'Prefix' },
      { path: '/files', pathType: 'Prefix' },
      { path: '/.well-known/jwks.json', pathType: 'Exact' },
    ]);
  });

  it('are refused where a route of the cluster is behind one', () => {
    const routes = [route('/notes/:id', 'public'), route('/notes/statistics')];
    expect(() => publicPaths(routes)).toThrow(
      'GET /notes/statistics is not public, but /notes lets it in',
    );
  });
});
