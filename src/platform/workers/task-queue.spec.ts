import { TaskQueue } from './task-queue.js';

const drain = (queue: TaskQueue<string>) => {
  const order: string[] = [];
  for (let item = queue.shift(); item !== undefined; item = queue.shift()) order.push(item);
  return order;
};

describe('TaskQueue', () => {
  it('runs log-ins before sign-ups before bulk, each in its order', () => {
    const queue = new TaskQueue<string>(100);
    queue.push('bulk 1', 'bulk', 0);
    queue.push('sign-up 1', 'sign-up', 0);
    queue.push('sign-up 2', 'sign-up', 1);
    queue.push('login 1', 'login', 2);
    queue.push('login 2', 'login', 3);
    expect(drain(queue)).toEqual(['login 1', 'login 2', 'sign-up 1', 'sign-up 2', 'bulk 1']);
  });

  it('starves no task: a task that waited past its slack runs before later log-ins', () => {
    const queue = new TaskQueue<string>(100);
    queue.push('bulk', 'bulk', 0);
    queue.push('sign-up', 'sign-up', 0);
    queue.push('login at 0.2 s', 'login', 200);
    queue.push('login at 0.3 s', 'login', 300);
    queue.push('login at 3 s', 'login', 3000);
    expect(drain(queue)).toEqual([
      'login at 0.2 s',
      'sign-up',
      'login at 0.3 s',
      'bulk',
      'login at 3 s',
    ]);
  });

  it('is bounded, and reserves places for higher priorities', () => {
    const queue = new TaskQueue<string>(8);
    const fill = (priority: 'bulk' | 'sign-up' | 'login') => {
      while (queue.push('x', priority, 0)) expect(queue.size).toBeLessThanOrEqual(8);
      return queue.size;
    };
    expect(fill('bulk')).toBe(4);
    expect(fill('sign-up')).toBe(6);
    expect(fill('login')).toBe(8);
    expect([queue.sizeOf('bulk'), queue.sizeOf('sign-up'), queue.sizeOf('login')]).toEqual([
      4, 2, 2,
    ]);
  });

  it('cancels waiting and running items', () => {
    const queue = new TaskQueue<string>(8);
    queue.push('a', 'login', 0);
    queue.push('b', 'login', 0);
    expect(queue.remove('a')).toBe(true);
    expect(queue.remove('a')).toBe(false);
    expect(drain(queue)).toEqual(['b']);
  });
});
