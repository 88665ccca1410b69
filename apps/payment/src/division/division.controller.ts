import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { CurrentCall, Duty, UseCase, type Call } from '@guoku/service';
import { ImportDivisionDto, ImportedDivisionDto } from './division.dto.js';
import { ImportDivision } from './import-division.js';
import { PolicyPage, PolicyQuery } from './policy.dto.js';
import { PolicyQueries } from './policy.queries.js';

@Controller('v1')
export class DivisionController {
  constructor(
    private readonly importDivision: ImportDivision,
    private readonly policies: PolicyQueries,
  ) {}

  @Post('division-imports')
  @Duty('division.import')
  @UseCase('DivisionService.Import', {
    summary: 'Sets a division up: sections, units, pools, accounts, policies, settings',
    answer: ImportedDivisionDto,
  })
  import(@CurrentCall() call: Call, @Body() body: ImportDivisionDto) {
    return this.importDivision.handle(call, body);
  }

  @Get('policies')
  @Duty('plan.read', 'plan.enter', 'fund-request.read')
  @UseCase('PolicyService.List', {
    summary: 'Priority policies 优先政策, the earliest first',
    answer: PolicyPage,
  })
  list(@CurrentCall() call: Call, @Query() query: PolicyQuery) {
    return this.policies.list(call, query);
  }
}
