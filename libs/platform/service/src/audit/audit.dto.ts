import { CodeField, DayField, IdField, InstantField, IntField, TextField } from '../fields.js';
import { pageOf } from '../shapes.js';
import { PageQuery } from '../pages.js';

export class AuditEntryQuery extends PageQuery {
  @TextField({ description: 'by this person only', optional: true })
  readonly person?: string;

  @TextField({ description: 'of this subject only, such as hold/0190…', optional: true })
  readonly subject?: string;

  @TextField({ description: 'of this use case only', optional: true })
  readonly action?: string;
}

export class AuditRootQuery extends PageQuery {}

export class AuditEntryView {
  @IdField({ description: 'of the entry' })
  readonly id!: string;

  @InstantField({ description: 'instant of the command' })
  readonly at!: string;

  @TextField({ description: 'who' })
  readonly person!: string;

  @TextField({ description: 'use case' })
  readonly action!: string;

  @TextField({ description: 'what was changed' })
  readonly subject!: string;

  @CodeField({ description: 'SHA-256 of the command' })
  readonly digest!: string;

  @CodeField({ description: 'code of the refusal', nullable: true })
  readonly refusal!: string | null;

  @CodeField({ description: 'rest or grpc' })
  readonly transport!: string;

  @CodeField({ description: 'trace of the call', nullable: true })
  readonly traceId!: string | null;

  @IntField({ description: 'place in the chain, from 1; null until it is sealed', nullable: true })
  readonly position!: number | null;

  @CodeField({ description: 'hash at this place', nullable: true })
  readonly hash!: string | null;
}

export class AuditEntryPage extends pageOf(() => AuditEntryView, 'newest first') {}

export class AuditRootView {
  @CodeField({ description: 'division' })
  readonly mofDivCode!: string;

  @DayField({ description: 'day that had ended' })
  readonly day!: string;

  @IntField({ description: 'place in the chain that is signed' })
  readonly position!: number;

  @CodeField({ description: 'hash at that place' })
  readonly hash!: string;

  @TextField({ description: 'Ed25519 over the canonical JSON of the four above, base64' })
  readonly signature!: string;

  @TextField({ description: 'SPKI, DER, base64' })
  readonly publicKey!: string;
}

export class AuditRootPage extends pageOf(() => AuditRootView, 'newest first') {}
