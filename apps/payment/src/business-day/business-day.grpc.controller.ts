import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { CurrentCall, Duty, GrpcUseCase, type Call } from '@guoku/service';
import { BusinessDayQuery, OpenBusinessDayDto } from './business-day.dto.js';
import { BusinessDayQueries } from './business-day.queries.js';
import { RunBusinessDay } from './run-business-day.js';

@Controller()
export class BusinessDayGrpcController {
  constructor(
    private readonly running: RunBusinessDay,
    private readonly queries: BusinessDayQueries,
  ) {}

  @GrpcUseCase('BusinessDayService.Open')
  @Duty('business-day.run')
  open(@CurrentCall() call: Call, @Payload() body: OpenBusinessDayDto) {
    return this.running.open(call, body);
  }

  @GrpcUseCase('BusinessDayService.CutOff')
  @Duty('business-day.run')
  cutOff(@CurrentCall() call: Call) {
    return this.running.cutOff(call);
  }

  @GrpcUseCase('BusinessDayService.Close')
  @Duty('business-day.run')
  close(@CurrentCall() call: Call) {
    return this.running.close(call);
  }

  @GrpcUseCase('BusinessDayService.Get')
  @Duty('business-day.run', 'plan.read', 'payment.read', 'fund-request.read')
  one(@CurrentCall() call: Call, @Payload() query: BusinessDayQuery) {
    return this.queries.one(call, query);
  }
}
