import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { CurrentCall, Duty, GrpcUseCase, type Call } from '@guoku/service';
import { InstructPayments } from './instruct-payments.js';
import { InstructDto, PaymentIdDto, PaymentQuery } from './payment.dto.js';
import { PaymentQueries } from './payment.queries.js';

@Controller()
export class PaymentGrpcController {
  constructor(
    private readonly instructing: InstructPayments,
    private readonly queries: PaymentQueries,
  ) {}

  @GrpcUseCase('PaymentService.Instruct')
  @Duty('payment.instruct')
  instruct(@CurrentCall() call: Call, @Payload() body: InstructDto) {
    return this.instructing.handle(call, body);
  }

  @GrpcUseCase('PaymentService.List')
  @Duty('payment.read', 'payment.instruct', 'payment.reconcile')
  list(@CurrentCall() call: Call, @Payload() query: PaymentQuery) {
    return this.queries.list(call, query);
  }

  @GrpcUseCase('PaymentService.Get')
  @Duty('payment.read', 'payment.instruct', 'payment.reconcile')
  one(@CurrentCall() call: Call, @Payload() { id }: PaymentIdDto) {
    return this.queries.one(call, id);
  }
}
