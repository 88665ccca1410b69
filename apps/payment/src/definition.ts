import { join } from 'node:path';
import { Separation, type ServiceDefinition } from '@guoku/service';
import { paymentConsumer } from './events/payment.consumer.js';
import { QuotaEvents } from './events/quota-events.js';
import { PaymentModule } from './payment.module.js';

/** The payment service: who is paid, when, and why. */
export const paymentService: ServiceDefinition = {
  name: 'payment',
  module: PaymentModule,
  migrations: join(import.meta.dirname, 'migrations'),
  grpcPackage: 'guoku.payment.v1',
  protos: [
    'approval',
    'business-day',
    'division',
    'fund-request',
    'payment',
    'plan',
    'reconciliation',
  ].map((name) => `guoku/payment/v1/${name.replace('-', '_')}.proto`),
  consumers: (app) => [paymentConsumer(app.get(QuotaEvents), app.get(Separation))],
  peers: ['quota'],
};
