import { usePathname, useSearch } from 'wouter/use-browser-location';

/** The address of a page outside of the console, which leads back to this place. */
export function usePathFromHere(path: '/account' | '/account/security' | '/sign-in'): string {
  const here = usePathname() + useSearch();
  return `${path}?${new URLSearchParams({ next: here }).toString()}`;
}
