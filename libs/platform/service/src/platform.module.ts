import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { Transactor } from '@guoku/persistence';
import { AuditController } from './audit/audit.controller.js';
import { AuditGrpcController } from './audit/audit.grpc.controller.js';
import { AuditLog } from './audit/audit-log.js';
import { Sealer } from './audit/sealer.js';
import { Clock } from './clock.js';
import { Commands } from './commands.js';
import { Config } from './config.js';
import { AnswerInterceptor } from './door/answer.interceptor.js';
import { CsvInterceptor } from './door/csv.interceptor.js';
import { CallGuard } from './door/call.guard.js';
import { FieldsPipe } from './door/fields.pipe.js';
import { ProblemFilter } from './door/problem.filter.js';
import { Tokens } from './door/tokens.js';
import { Separation } from './duties/separation.js';
import { Housekeeping } from './housekeeping.js';
import { LifeController } from './http/life.controller.js';
import { Log } from './log.js';
import { Metrics } from './metrics.js';
import { Pages } from './pages.js';
import { ParkedEventController } from './parked/parked-event.controller.js';
import { ParkedEventDesk } from './parked/parked-event-desk.js';
import { ParkedEventGrpcController } from './parked/parked-event.grpc.controller.js';
import { Reads } from './privacy/reads.js';
import { Vault } from './privacy/vault.js';
import { Readiness } from './readiness.js';

/** What was made before Nest started, because starting needs it. */
export interface Given {
  readonly config: Config;
  readonly transactor: Transactor;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
}

const controllers = [
  AuditController,
  AuditGrpcController,
  ParkedEventController,
  ParkedEventGrpcController,
];
const offered = [Commands, Pages, Reads, Separation, Vault, Sealer];

/** Everything that services inject, and the doors through which every call goes. */
@Global()
@Module({})
export class PlatformModule {
  static with({ config, transactor, clock, log, metrics, readiness }: Given): DynamicModule {
    const given: Provider[] = [
      { provide: Config, useValue: config },
      { provide: Transactor, useValue: transactor },
      { provide: Clock, useValue: clock },
      { provide: Log, useValue: log },
      { provide: Metrics, useValue: metrics },
      { provide: Readiness, useValue: readiness },
    ];
    return {
      module: PlatformModule,
      controllers: [LifeController, ...controllers],
      providers: [
        ...given,
        ...offered,
        AuditLog,
        Housekeeping,
        ParkedEventDesk,
        Tokens,
        { provide: APP_GUARD, useClass: CallGuard },
        { provide: APP_PIPE, useClass: FieldsPipe },
        { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
        { provide: APP_INTERCEPTOR, useClass: CsvInterceptor },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
      exports: [Config, Transactor, Clock, Log, Metrics, Readiness, ...offered],
    };
  }
}
