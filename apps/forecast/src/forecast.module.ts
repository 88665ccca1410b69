import { Module } from '@nestjs/common';
import { ImportDivision } from './division/import-division.js';
import { PoolController } from './division/pool.controller.js';
import { PoolGrpcController } from './division/pool.grpc.controller.js';
import { PoolQueries } from './division/pool.queries.js';
import { FlowController } from './flow/flow.controller.js';
import { FlowGrpcController } from './flow/flow.grpc.controller.js';
import { FlowQueries } from './flow/flow.queries.js';
import { ImportFlowHistory } from './flow/import-flow-history.js';
import { ForecastController } from './forecast/forecast.controller.js';
import { ForecastGrpcController } from './forecast/forecast.grpc.controller.js';
import { ForecastQueries } from './forecast/forecast.queries.js';
import { Forecaster } from './forecast/forecaster.js';
import { RunForecast } from './forecast/run-forecast.js';
import { ReceiveStatement } from './statement/receive-statement.js';
import { StatementController } from './statement/statement.controller.js';
import { StatementGrpcController } from './statement/statement.grpc.controller.js';
import { StatementQueries } from './statement/statement.queries.js';

@Module({
  controllers: [
    PoolController,
    PoolGrpcController,
    StatementController,
    StatementGrpcController,
    FlowController,
    FlowGrpcController,
    ForecastController,
    ForecastGrpcController,
  ],
  providers: [
    ImportDivision,
    PoolQueries,
    ReceiveStatement,
    StatementQueries,
    ImportFlowHistory,
    FlowQueries,
    Forecaster,
    RunForecast,
    ForecastQueries,
  ],
})
export class ForecastModule {}
