const kinds: Readonly<Record<string, string>> = {
  suspended: 'bad',
  failed: 'bad',
  dead: 'bad',
  open: 'bad',
  down: 'bad',
  superuser: 'strong',
  active: 'good',
  closed: 'good',
  up: 'good',
  delivered: 'good',
  completed: 'good',
  'half-open': 'warn',
  retry: 'warn',
  paused: 'warn',
};

/** A state in a word. The colour only supports it. */
export function Badge({ children }: { children: string }) {
  return <span className={`badge ${kinds[children] ?? ''}`}>{children}</span>;
}
