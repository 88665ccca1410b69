import { join } from 'node:path';
import { Clock, type ServiceDefinition } from '@guoku/service';
import { cashEvents } from './events/cash-events.consumer.js';
import { ForecastModule } from './forecast.module.js';

/** The forecast service: what cash there will be. */
export const forecastService: ServiceDefinition = {
  name: 'forecast',
  module: ForecastModule,
  migrations: join(import.meta.dirname, 'migrations'),
  grpcPackage: 'guoku.forecast.v1',
  protos: ['cash', 'division', 'flow', 'forecast', 'statement'].map(
    (name) => `guoku/forecast/v1/${name}.proto`,
  ),
  consumers: (app) => [cashEvents(app.get(Clock))],
};
