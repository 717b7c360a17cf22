import { ProblemError } from '../problems/problem.js';

/** 402: the payment service declined the charge; nothing was charged. */
export class PaymentDeclined extends ProblemError {
  readonly code = 'payments.declined';

  constructor() {
    super('The payment was declined.');
  }
}
