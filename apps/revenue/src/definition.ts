import { join } from 'node:path';
import { Separation, type ServiceDefinition } from '@guoku/service';
import { paymentEvents } from './events/payment-events.consumer.js';
import { RevenueModule } from './revenue.module.js';

/** The revenue service: what came in, and was it lawful. */
export const revenueService: ServiceDefinition = {
  name: 'revenue',
  module: RevenueModule,
  migrations: join(import.meta.dirname, 'migrations'),
  grpcPackage: 'guoku.revenue.v1',
  protos: ['collection', 'division', 'receipt', 'receipt_file'].map(
    (name) => `guoku/revenue/v1/${name}.proto`,
  ),
  consumers: (app) => [paymentEvents(app.get(Separation))],
};
