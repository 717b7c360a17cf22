import { publicPaths } from '../../scripts/deploy/public-paths.js';

const route = (path: string, exposure?: 'public') => ({
  route: `GET ${path}`,
  path,
  policy: { access: 'public', priority: 'read', ...(exposure && { exposure }) } as const,
});

describe('public paths', () => {
  it('are the first segments of public routes, or whole paths of routes without subpaths', () => {
    const routes = [
      route('/notes', 'public'),
      route('/notes/:id', 'public'),
      route('/', 'public'),
      route('/about', 'public'),
      route('/files/:id', 'public'),
      route('/.well-known/jwks.json', 'public'),
      route('/admin/audit'),
    ];
    expect(publicPaths(routes)).toEqual([
      { path: '/notes', pathType: 'Prefix' },
      { path: '/', pathType: 'Exact' },
      { path: '/about', pathType: 'Prefix' },
      { path: '/files', pathType: 'Prefix' },
      { path: '/.well-known/jwks.json', pathType: 'Exact' },
    ]);
  });

  it('are refused when they would expose an internal route', () => {
    const routes = [route('/notes/:id', 'public'), route('/notes/statistics')];
    expect(() => publicPaths(routes)).toThrow(
      'GET /notes/statistics is not public, but /notes lets it in',
    );
  });
});
