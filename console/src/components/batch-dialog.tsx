import { type ReactNode, useEffect, useRef, useState } from 'react';

import type { Schema } from '../../../client/user-api.js';
import { Dialog, type FormValues } from './dialog.js';

type Batch = Schema<'JobBatch'>;

interface BatchProps {
  title: string;
  submit: string;
  danger?: boolean;
  children: ReactNode;
  /** Does one batch. A rejection is shown beside what is done; submitting again does the rest. */
  next: (value: FormValues, cursor: string | undefined) => Promise<Batch>;
  /** Called at the end, and when the dialog was closed before it. */
  onDone: (count: number) => Promise<void>;
  onClose: () => void;
}

const number = new Intl.NumberFormat();

/** Does something in batches, and tells how far it is. Closing the dialog ends it after the batch that is under way. */
export function BatchDialog({ children, next, onDone, ...dialog }: BatchProps) {
  const [count, setCount] = useState(0);
  const open = useRef(true);
  useEffect(() => {
    open.current = true;
    return () => {
      open.current = false;
    };
  }, []);
  const work = async (value: FormValues) => {
    let done = count;
    let cursor: string | undefined;
    do {
      const batch = await next(value, cursor);
      cursor = batch.next_cursor ?? undefined;
      done += batch.count;
      setCount(done);
    } while (cursor !== undefined && open.current);
    dialog.onClose();
    await onDone(done);
  };
  return (
    <Dialog {...dialog} onSubmit={work}>
      {children}
      <p role="status">{count > 0 && `${number.format(count)} jobs so far.`}</p>
    </Dialog>
  );
}
