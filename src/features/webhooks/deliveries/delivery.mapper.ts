import { pageOf } from '../../../platform/common/cursor.js';
import type { Principal } from '../../../platform/common/request/principal.js';
import type { DeliveryPage, DeliveryResponse } from './deliveries.schemas.js';
import type { Delivery } from './delivery.entity.js';

/** What clients see of a delivery. Answers come from other networks: only superusers see them. */
export function toDeliveryResponse(delivery: Delivery, caller: Principal): DeliveryResponse {
  const { id, event_id, type, state, attempts, next_at, answer_status, answer_body } = delivery;
  const shown = caller.kind === 'user' && answer_status !== null;
  return {
    id,
    event_id,
    type,
    state,
    attempts,
    next_at: next_at?.toISOString() ?? null,
    answer: shown ? { status: answer_status, body: answer_body ?? '' } : null,
  };
}

/** @param rows those of the page, and one more when another page follows. */
export function toDeliveryPage(
  rows: readonly Delivery[],
  limit: number,
  caller: Principal,
): DeliveryPage {
  const toItem = (row: Delivery) => toDeliveryResponse(row, caller);
  return pageOf(rows, limit, toItem, ({ place }) => [place]);
}
