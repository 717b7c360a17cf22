import { type ReactNode, useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';

import type { Schema } from '../../../client/user-api.js';
import { useKeptFocus } from './use-kept-focus.js';
import { usePathFromHere } from './use-path-from-here.js';

/** The sections, in the order of their links. */
const SECTIONS = [
  ['Users', '/users'],
  ['Audit', '/audit'],
  ['Jobs', '/jobs'],
  ['Mails', '/mails'],
  ['API keys', '/api-keys'],
  ['Webhooks', '/webhooks'],
  ['Events', '/events'],
  ['Service', '/service'],
] as const;

/** What stands around every section. */
export function Frame({ user, children }: { user: Schema<'User'>; children: ReactNode }) {
  useKeptFocus();
  return (
    <>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <header className="frame">
        <span className="brand">Console</span>
        <nav aria-label="Sections">
          {SECTIONS.map(([name, path]) => (
            <NavigationLink key={path} path={path}>
              {name}
            </NavigationLink>
          ))}
        </nav>
        <a className="me" href={usePathFromHere('/account')} title={user.email}>
          My account
        </a>
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

function NavigationLink({ path, children }: { path: string; children: ReactNode }) {
  const [here] = useLocation();
  const link = useRef<HTMLAnchorElement>(null);
  const current = here === path || here.startsWith(`${path}/`);
  // On a narrow screen the links scroll: the section of now is in sight.
  useEffect(() => {
    if (current) link.current?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);
  return (
    <Link ref={link} href={path} aria-current={current ? 'page' : undefined}>
      {children}
    </Link>
  );
}
