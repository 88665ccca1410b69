import { CodeField, EnumField, IdField, InstantField, IntField, TextField } from '../fields.js';
import { pageOf } from '../shapes.js';
import { PageQuery } from '../pages.js';

export class ParkedEventQuery extends PageQuery {
  @EnumField(['waiting', 'replayed'], { description: 'only these', optional: true })
  readonly state?: 'waiting' | 'replayed';
}

export class ParkedEventPath {
  @IdField({ description: 'of the parked event' })
  readonly parkedEventId!: string;
}

export class MendParkedEventBody {
  @TextField({ description: "JSON of the event's data, whole", max: 1_000_000 })
  readonly data!: string;
}

export class MendParkedEvent extends MendParkedEventBody {
  @IdField({ description: 'of the parked event' })
  readonly parkedEventId!: string;
}

export class ParkedEventView {
  @IdField({ description: 'of the parked event' })
  readonly id!: string;

  @CodeField({ description: 'who could not take it in' })
  readonly consumer!: string;

  @CodeField({ description: 'id of the event itself' })
  readonly eventId!: string;

  @CodeField({ description: 'null where the record cannot be read', nullable: true })
  readonly type!: string | null;

  @CodeField({ description: 'topic' })
  readonly topic!: string;

  @TextField({ description: 'the record as it came', max: 1_000_000 })
  readonly value!: string;

  @TextField({
    description: 'JSON of the data that a replay takes instead',
    nullable: true,
    max: 1_000_000,
  })
  readonly mendedData!: string | null;

  @TextField({ description: 'why', max: 100_000 })
  readonly cause!: string;

  @IntField({ description: 'how often it was tried' })
  readonly attempts!: number;

  @InstantField({ description: 'when it was parked' })
  readonly parkedAt!: string;

  @InstantField({ description: 'when it was taken in after all', nullable: true })
  readonly replayedAt!: string | null;

  @CodeField({ description: 'who did that', nullable: true })
  readonly replayedBy!: string | null;
}

export class ParkedEventPage extends pageOf(() => ParkedEventView, 'oldest first') {}

export class MendedView {
  @IdField({ description: 'of the parked event' })
  readonly parkedEventId!: string;
}

export class ReplayedView {
  @IdField({ description: 'of the parked event' })
  readonly parkedEventId!: string;

  @EnumField(['done', 'repeated'], { description: 'repeated: it had its effect before' })
  readonly effect!: 'done' | 'repeated';
}
