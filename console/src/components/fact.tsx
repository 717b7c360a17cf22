import type { ReactNode } from 'react';

/** One thing known about what is shown. A wide one has twice the room. */
export function Fact({ name, wide, children }: { name: string; wide?: true; children: ReactNode }) {
  return (
    <div className={wide && 'wide'}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
