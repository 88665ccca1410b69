import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { CurrentCall, Duty, GrpcUseCase, type Call } from '@guoku/service';
import { ApprovalChainQueries } from './approval-chain.queries.js';
import {
  ApprovalChainQuery,
  DelegationIdDto,
  DelegationQuery,
  MakeDelegationDto,
} from './approval.dto.js';
import { Delegations } from './delegations.js';

@Controller()
export class ApprovalGrpcController {
  constructor(
    private readonly chains: ApprovalChainQueries,
    private readonly delegations: Delegations,
  ) {}

  @GrpcUseCase('ApprovalChainService.List')
  @Duty('plan.read', 'plan.enter', 'plan.approve')
  chainsOf(@CurrentCall() call: Call, @Payload() query: ApprovalChainQuery) {
    return this.chains.list(call, query);
  }

  @GrpcUseCase('DelegationService.Make')
  @Duty('plan.approve', 'division.import')
  make(@CurrentCall() call: Call, @Payload() body: MakeDelegationDto) {
    return this.delegations.make(call, body);
  }

  @GrpcUseCase('DelegationService.Revoke')
  @Duty('plan.approve', 'division.import')
  revoke(@CurrentCall() call: Call, @Payload() { id }: DelegationIdDto) {
    return this.delegations.revoke(call, id);
  }

  @GrpcUseCase('DelegationService.List')
  @Duty('plan.read', 'plan.approve', 'division.import')
  list(@CurrentCall() call: Call, @Payload() query: DelegationQuery) {
    return this.delegations.list(call, query);
  }
}
