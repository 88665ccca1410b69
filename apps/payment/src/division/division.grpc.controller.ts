import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { CurrentCall, Duty, GrpcUseCase, type Call } from '@guoku/service';
import { ImportDivisionDto } from './division.dto.js';
import { ImportDivision } from './import-division.js';
import { PolicyQuery } from './policy.dto.js';
import { PolicyQueries } from './policy.queries.js';

@Controller()
export class DivisionGrpcController {
  constructor(
    private readonly importDivision: ImportDivision,
    private readonly policies: PolicyQueries,
  ) {}

  @GrpcUseCase('DivisionService.Import')
  @Duty('division.import')
  import(@CurrentCall() call: Call, @Payload() body: ImportDivisionDto) {
    return this.importDivision.handle(call, body);
  }

  @GrpcUseCase('PolicyService.List')
  @Duty('plan.read', 'plan.enter', 'fund-request.read')
  list(@CurrentCall() call: Call, @Payload() query: PolicyQuery) {
    return this.policies.list(call, query);
  }
}
