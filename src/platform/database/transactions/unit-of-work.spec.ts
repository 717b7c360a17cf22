import type { EntityManager } from 'typeorm';

import { DependencyUnavailable } from '../../problems/problem.js';
import {
  afterCommit,
  currentTransaction,
  currentUnit,
  inTransaction,
  UnitOfWork,
} from './unit-of-work.js';

const manager = {} as EntityManager;

describe('UnitOfWork', () => {
  const log: string[] = [];
  const transaction = async (work: (manager: EntityManager) => Promise<void>) => {
    log.push('begin');
    try {
      await work(manager);
      log.push('commit');
    } catch (error) {
      log.push('rollback');
      throw error;
    }
  };
  const writing = (what: string) => () => {
    log.push(what);
    return Promise.resolve(what);
  };
  const failing = () => Promise.reject(new Error('refused'));

  beforeEach(() => log.splice(0));

  it('opens its transaction at the first write and commits it with the final write', async () => {
    const unit = new UnitOfWork();
    expect(await unit.join(transaction, writing('user'))).toBe('user');
    await unit.join(transaction, writing('audit'));
    expect(log).toEqual(['begin', 'user', 'audit']);
    expect(await unit.finish(async () => void (await writing('answer')()))).toBe(true);
    expect(log).toEqual(['begin', 'user', 'audit', 'answer', 'commit']);
  });

  it('has nothing to finish without a write', async () => {
    expect(await new UnitOfWork().finish(async () => undefined)).toBe(false);
  });

  it('rolls back completely when the final write fails, and passes the error on', async () => {
    const unit = new UnitOfWork();
    await unit.join(transaction, writing('user'));
    await expect(unit.finish(failing)).rejects.toThrow('refused');
    expect(log).toEqual(['begin', 'user', 'rollback']);
  });

  it('rolls back a failed write with those before it, and opens another transaction', async () => {
    const unit = new UnitOfWork();
    await unit.join(transaction, writing('user'));
    await expect(unit.join(transaction, failing)).rejects.toThrow('refused');
    await unit.join(transaction, writing('mail'));
    await unit.finish(async () => undefined);
    expect(log).toEqual(['begin', 'user', 'rollback', 'begin', 'mail', 'commit']);
  });

  it('does not repeat work after its result was used', async () => {
    const unit = new UnitOfWork();
    const twice = async (work: (manager: EntityManager) => Promise<void>) => {
      await transaction(work).catch(() => undefined);
      await transaction(work);
    };
    await unit.join(twice, writing('user'));
    await expect(unit.finish(failing)).rejects.toThrow(DependencyUnavailable);
    expect(log).toEqual(['begin', 'user', 'rollback', 'begin', 'rollback']);
  });

  it('runs afterCommit work after the commit, at once before any write', async () => {
    const unit = new UnitOfWork();
    await unit.run(async () => {
      afterCommit(() => log.push('before any write'));
      await unit.join(transaction, writing('user'));
      afterCommit(() => log.push('counted'));
      await unit.join(transaction, async () => afterCommit(() => log.push('logged')));
    });
    await unit.finish(async () => undefined);
    expect(log).toEqual(['before any write', 'begin', 'user', 'commit', 'counted', 'logged']);
  });

  it('skips afterCommit work when the commit fails', async () => {
    const unit = new UnitOfWork();
    await unit.run(async () => {
      await unit.join(transaction, writing('user'));
      afterCommit(() => log.push('counted'));
    });
    await expect(unit.finish(failing)).rejects.toThrow('refused');
    expect(log).toEqual(['begin', 'user', 'rollback']);
  });

  it('is the default outside of transactions', async () => {
    const unit = new UnitOfWork();
    await unit.run(async () => {
      expect(currentUnit()).toBe(unit);
      await inTransaction(manager, async () => {
        expect(currentUnit()).toBeUndefined();
        expect(currentTransaction()).toBe(manager);
        return Promise.resolve();
      });
    });
    expect(currentUnit()).toBeUndefined();
  });
});
