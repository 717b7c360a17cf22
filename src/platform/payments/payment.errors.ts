import { problem } from '../problems/problem.js';

/** 402: the payment service declined the charge; nothing was charged. */
export class PaymentDeclined extends problem('payments.declined', 'The payment was declined.') {}
