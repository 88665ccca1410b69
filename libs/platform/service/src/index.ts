export { recordAudit, type AuditRecord } from './audit/audit-entry.js';
export { reachOf, type Call, type Caller, type Language, type Reach } from './caller.js';
export { Clock } from './clock.js';
export { Commands, type CommandContext, type CommandInfo, type Work } from './commands.js';
export { Config, ConfigFault, readConfig, type Environment } from './config.js';
export { CurrentCall, CurrentCaller } from './door/current-call.js';
export { read as readFields } from './door/fields.pipe.js';
export type { ServiceDefinition } from './definition.js';
export { businessDays, type BusinessDayState } from './division/business-day.js';
export { allows, DUTIES, isDuty, type Duty as DutyName } from './duties/duty.js';
export {
  BoolField,
  CodeField,
  CodesField,
  DayField,
  EnumField,
  IdField,
  InstantField,
  IntField,
  ListField,
  MoneyField,
  ObjectField,
  SortField,
  TextField,
  type FieldOptions,
} from './fields.js';
export {
  accepted,
  Answer,
  refused,
  Versioned,
  type Accepted,
  type Outcome,
  type Wire,
} from './outcome.js';
export { PageQuery, Pages, type Page, type PageKey } from './pages.js';
export { batchResultOf, lineResultOf, pageOf } from './shapes.js';
export { Sorting, type SortColumn } from './sorting.js';
export { Sealer } from './audit/sealer.js';
export { runBatch, type BatchOptions, type BatchResult, type LineResult } from './batch.js';
export {
  CalendarOverrideBody,
  DivisionBody,
  divisions,
  type Division,
} from './division/division.js';
export { Separation, type Deed } from './duties/separation.js';
export { Housekeeping } from './housekeeping.js';
export { Log } from './log.js';
export { Metrics } from './metrics.js';
export { migrateService, migrationsOf } from './migrate.js';
export { Reads, type Reading } from './privacy/reads.js';
export { OwnThread } from './own-thread.js';
export { masked, Vault } from './privacy/vault.js';
export { startService, type RunningService, type ServiceParts } from './service.js';
export { refuse as refusePlatform } from './platform-refusals.js';
export {
  refusalsOf,
  Refused,
  type BothLanguages,
  type Refusal,
  type RefusalKind,
  type Refuse,
} from './refusal.js';
export type { FieldFault } from './refusal.js';
export { currentTraceId } from './trace.js';
export { Duty, GrpcUseCase, IfMatch, PublicEndpoint, UseCase, type UseCaseId } from './use-case.js';
