import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CurrentCall, Duty, UseCase, type Call } from '@guoku/service';
import { InstructPayments } from './instruct-payments.js';
import {
  InstructDto,
  InstructionDto,
  PaymentDto,
  PaymentIdDto,
  PaymentPage,
  PaymentQuery,
} from './payment.dto.js';
import { PaymentQueries } from './payment.queries.js';

@Controller('v1/payments')
export class PaymentController {
  constructor(
    private readonly instructing: InstructPayments,
    private readonly queries: PaymentQueries,
  ) {}

  @Post('instruct')
  @Duty('payment.instruct')
  @UseCase('PaymentService.Instruct', {
    summary: 'Pays what the plan in force promises for the open day; quota is asked once more',
    answer: InstructionDto,
  })
  instruct(@CurrentCall() call: Call, @Body() body: InstructDto) {
    return this.instructing.handle(call, body);
  }

  @Get()
  @Duty('payment.read', 'payment.instruct', 'payment.reconcile')
  @UseCase('PaymentService.List', {
    summary: 'Payments by day of instruction',
    answer: PaymentPage,
  })
  list(@CurrentCall() call: Call, @Query() query: PaymentQuery) {
    return this.queries.list(call, query);
  }

  @Get(':id')
  @Duty('payment.read', 'payment.instruct', 'payment.reconcile')
  @UseCase('PaymentService.Get', { summary: 'One payment', answer: PaymentDto })
  one(@CurrentCall() call: Call, @Param() { id }: PaymentIdDto) {
    return this.queries.one(call, id);
  }
}
