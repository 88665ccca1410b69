import { join } from 'node:path';
import type { ServiceDefinition } from '@guoku/service';
import { PaymentEvents } from './events/payment-events.consumer.js';
import { QuotaModule } from './quota.module.js';

/** The quota service: whether this may be spent. */
export const quotaService: ServiceDefinition = {
  name: 'quota',
  module: QuotaModule,
  migrations: join(import.meta.dirname, 'migrations'),
  grpcPackage: 'guoku.quota.v1',
  protos: ['budget', 'division', 'hold', 'line'].map((name) => `guoku/quota/v1/${name}.proto`),
  consumers: (app) => [app.get(PaymentEvents).consumer()],
};
