import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';

import { forgetValues } from '../../../src/platform/config/env.ts';
import { forgetBreakers } from '../../../src/platform/resilience/circuit-breaker.ts';

/** What Jest keeps of one test file in the globals. */
const KEPT = ['EVENT_HANDLERS', 'TEST_TIMEOUT_SYMBOL'].map((name) => Symbol.for(name));

/** Jest wraps it for each file. */
const exit = process.exit.bind(process);

/** Test files run in the worker's own realm, where Node loads what they import: see ADR 114. */
export default class ProcessEnvironment {
  global = globalThis;
  #variables = { ...process.env };

  constructor({ projectConfig }) {
    forgetValues();
    forgetBreakers();
    for (const name of KEPT) delete globalThis[name];
    Object.assign(globalThis, projectConfig.globals);
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  async setup() {}

  async teardown() {
    this.fakeTimersModern.dispose();
    this.moduleMocker.restoreAllMocks();
    process.exit = exit;
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, this.#variables);
  }

  getVmContext() {
    return null;
  }
}
