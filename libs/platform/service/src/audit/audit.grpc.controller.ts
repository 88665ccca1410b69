import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import type { Caller } from '../caller.js';
import { CurrentCaller } from '../door/current-call.js';
import { Duty, GrpcUseCase } from '../use-case.js';
import { AuditEntryQuery, AuditRootQuery } from './audit.dto.js';
import { AuditLog } from './audit-log.js';

@Controller()
export class AuditGrpcController {
  constructor(private readonly log: AuditLog) {}

  @GrpcUseCase('AuditService.ListEntries')
  @Duty('audit.read')
  entries(@Payload() query: AuditEntryQuery, @CurrentCaller() caller: Caller) {
    return this.log.entries(caller, query);
  }

  @GrpcUseCase('AuditService.ListRoots')
  @Duty('audit.read')
  roots(@Payload() query: AuditRootQuery, @CurrentCaller() caller: Caller) {
    return this.log.roots(caller, query);
  }
}
