import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import type { Caller } from '../caller.js';
import { CurrentCaller } from '../door/current-call.js';
import { Duty, UseCase } from '../use-case.js';
import { AuditEntryPage, AuditEntryQuery, AuditRootPage, AuditRootQuery } from './audit.dto.js';
import { AuditLog } from './audit-log.js';

@Controller('v1/audit')
export class AuditController {
  constructor(private readonly log: AuditLog) {}

  @Get('entries')
  @UseCase('AuditService.ListEntries', {
    summary: 'Who changed what, newest first',
    answer: AuditEntryPage,
  })
  @Duty('audit.read')
  entries(@Query() query: AuditEntryQuery, @CurrentCaller() caller: Caller) {
    return this.log.entries(caller, query);
  }

  @Get('roots')
  @UseCase('AuditService.ListRoots', {
    summary: 'Signed daily roots, newest first',
    answer: AuditRootPage,
  })
  @Duty('audit.read')
  roots(@Query() query: AuditRootQuery, @CurrentCaller() caller: Caller) {
    return this.log.roots(caller, query);
  }

  @Get('file')
  @UseCase('AuditService.File', {
    summary: 'The whole chain as NDJSON, for the offline verifier',
    restOnly: 'a file',
  })
  @ApiProduces('application/x-ndjson')
  @Duty('audit.read')
  file(@CurrentCaller() caller: Caller): StreamableFile {
    return new StreamableFile(this.log.file(caller), { type: 'application/x-ndjson' });
  }
}
