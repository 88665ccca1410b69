import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CurrentCall, Duty, UseCase, type Call } from '@guoku/service';
import { ApprovalChainQueries } from './approval-chain.queries.js';
import {
  ApprovalChainPage,
  ApprovalChainQuery,
  DelegationDto,
  DelegationIdDto,
  DelegationPage,
  DelegationQuery,
  MakeDelegationDto,
} from './approval.dto.js';
import { Delegations } from './delegations.js';

@Controller('v1')
export class ApprovalController {
  constructor(
    private readonly chains: ApprovalChainQueries,
    private readonly delegations: Delegations,
  ) {}

  @Get('approval-chains')
  @Duty('plan.read', 'plan.enter', 'plan.approve')
  @UseCase('ApprovalChainService.List', {
    summary: 'Approval chains 审批链 by amount, the earliest first',
    answer: ApprovalChainPage,
  })
  chainsOf(@CurrentCall() call: Call, @Query() query: ApprovalChainQuery) {
    return this.chains.list(call, query);
  }

  @Post('delegations')
  @Duty('plan.approve', 'division.import')
  @UseCase('DelegationService.Make', {
    summary: 'Lets another sign for who is away 授权代签',
    answer: DelegationDto,
    status: 201,
  })
  make(@CurrentCall() call: Call, @Body() body: MakeDelegationDto) {
    return this.delegations.make(call, body);
  }

  @Post('delegations/:id/revoke')
  @Duty('plan.approve', 'division.import')
  @UseCase('DelegationService.Revoke', { summary: 'Ends it early', answer: DelegationDto })
  revoke(@CurrentCall() call: Call, @Param() { id }: DelegationIdDto) {
    return this.delegations.revoke(call, id);
  }

  @Get('delegations')
  @Duty('plan.read', 'plan.approve', 'division.import')
  @UseCase('DelegationService.List', { summary: 'Who signs for whom', answer: DelegationPage })
  list(@CurrentCall() call: Call, @Query() query: DelegationQuery) {
    return this.delegations.list(call, query);
  }
}
