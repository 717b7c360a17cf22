import { problem } from '../problems/problem.js';

/** 402: the payment service declined the charge; nothing was charged. */
export class PaymentDeclined extends problem(
  { code: 'payments.declined', status: 402, title: 'Payment declined' },
  'The payment was declined.',
) {}
