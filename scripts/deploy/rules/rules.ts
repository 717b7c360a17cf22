import type { Manifest } from '../manifests.js';
import { budgets } from './budgets.js';
import { exposure } from './exposure.js';
import { network } from './network.js';
import { podSecurity } from './pod-security.js';
import { scheduling } from './scheduling.js';
import { secrets } from './secrets.js';
import { wiring } from './wiring.js';

const RULES = { podSecurity, wiring, network, secrets, budgets, exposure, scheduling };

/** Everything that is wrong with the objects of an overlay, by our own rules. */
export function manifestFaults(manifests: readonly Manifest[]): string[] {
  return Object.values(RULES).flatMap((rule) => rule(manifests));
}
