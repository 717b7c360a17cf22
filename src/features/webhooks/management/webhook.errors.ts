import { problem, ResourceNotFound } from '../../../platform/problems/problem.js';

/** 404: no webhook has this id. */
export class WebhookNotFound extends problem(ResourceNotFound, 'There is no such webhook.') {}

/** 404: no delivery has this id. */
export class DeliveryNotFound extends problem(ResourceNotFound, 'There is no such delivery.') {}
