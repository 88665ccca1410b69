import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { CurrentCall, Duty, GrpcUseCase, type Call } from '@guoku/service';
import { ReconcileDay } from './reconcile-day.js';
import { ReconcileDto, ReconciliationIdDto, ReconciliationQuery } from './reconciliation.dto.js';
import { ReconciliationQueries } from './reconciliation.queries.js';

@Controller()
export class ReconciliationGrpcController {
  constructor(
    private readonly reconcileDay: ReconcileDay,
    private readonly queries: ReconciliationQueries,
  ) {}

  @GrpcUseCase('ReconciliationService.Make')
  @Duty('payment.reconcile')
  make(@CurrentCall() call: Call, @Payload() body: ReconcileDto) {
    return this.reconcileDay.handle(call, body);
  }

  @GrpcUseCase('ReconciliationService.List')
  @Duty('payment.read', 'payment.reconcile', 'business-day.run')
  list(@CurrentCall() call: Call, @Payload() query: ReconciliationQuery) {
    return this.queries.list(call, query);
  }

  @GrpcUseCase('ReconciliationService.Get')
  @Duty('payment.read', 'payment.reconcile', 'business-day.run')
  one(@CurrentCall() call: Call, @Payload() { id }: ReconciliationIdDto) {
    return this.queries.one(call, id);
  }
}
