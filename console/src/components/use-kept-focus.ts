import { useEffect } from 'react';

/**
 * Keeps the focus of whoever uses the keyboard: when what has it is removed, or disabled, its nearest container that
 * is left gets it, instead of the page. Containers have a `tabIndex` of -1. Dialogs give it back themselves.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let focused: Element | undefined;
    let around: HTMLElement[] = [];
    const remember = ({ target }: FocusEvent) => {
      if (!(target instanceof Element) || target.closest('dialog')) return;
      focused = target;
      around = containersOf(target);
    };
    const rescue = () => {
      const lost = focused !== undefined && (!focused.isConnected || focused.matches(':disabled'));
      const elsewhere = ![document.body, focused].includes(document.activeElement ?? document.body);
      if (lost && !elsewhere) around.find((container) => container.isConnected)?.focus();
    };
    const observer = new MutationObserver(rescue);
    document.addEventListener('focusin', remember);
    observer.observe(document.body, {
      childList: true,
      subtree: true,
      attributeFilter: ['disabled'],
    });
    return () => {
      document.removeEventListener('focusin', remember);
      observer.disconnect();
    };
  }, []);
}

/** From the inside out. */
function containersOf(element: Element): HTMLElement[] {
  const container = element.parentElement?.closest<HTMLElement>('[tabindex="-1"]');
  return container ? [container, ...containersOf(container)] : [];
}
