import { Module } from '@nestjs/common';
import { BudgetController } from './budget/budget.controller.js';
import { BudgetGrpcController } from './budget/budget.grpc.controller.js';
import { Budgets } from './budget/budgets.js';
import { DivisionController } from './division/division.controller.js';
import { DivisionGrpcController } from './division/division.grpc.controller.js';
import { ImportDivision } from './division/import-division.js';
import { PaymentEvents } from './events/payment-events.consumer.js';
import { HoldController } from './hold/hold.controller.js';
import { HoldGrpcController } from './hold/hold.grpc.controller.js';
import { HoldQueries } from './hold/hold.queries.js';
import { Holds } from './hold/holds.js';
import { LineController } from './line/line.controller.js';
import { LineGrpcController } from './line/line.grpc.controller.js';
import { LineQueries } from './line/line.queries.js';
import { Lines } from './line/lines.js';

@Module({
  controllers: [
    DivisionController,
    DivisionGrpcController,
    BudgetController,
    BudgetGrpcController,
    LineController,
    LineGrpcController,
    HoldController,
    HoldGrpcController,
  ],
  providers: [ImportDivision, Budgets, Lines, LineQueries, Holds, HoldQueries, PaymentEvents],
})
export class QuotaModule {}
