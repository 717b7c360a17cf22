import { Global, Module } from '@nestjs/common';

import { PaymentService } from './payment-service.js';

/** The client of the payment service. */
@Global()
@Module({ providers: [PaymentService], exports: [PaymentService] })
export class PaymentsModule {}
