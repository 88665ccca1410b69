import type { Day } from '@guoku/calendar';
import { Money } from '@guoku/money';
import {
  BoolField,
  CodesField,
  DayField,
  EnumField,
  IdField,
  IntField,
  ListField,
  MoneyField,
  PageQuery,
  TextField,
  pageOf,
} from '@guoku/service';

export class NoteLineBody {
  @TextField({ description: 'what', max: 20 })
  readonly text!: string;

  @IntField({ description: 'how many' })
  readonly count!: number;
}

export class EnterNote {
  @IdField({ description: 'given by the caller, or made', optional: true })
  readonly id?: string;

  @MoneyField({ description: 'how much', min: '0.01' })
  readonly amount!: Money;

  @DayField({ description: 'when', optional: true })
  readonly day?: Day;

  @BoolField({ description: 'in a hurry' })
  readonly urgent!: boolean;

  @ListField(() => NoteLineBody, { description: 'lines', max: 3, optional: true })
  readonly lines?: readonly NoteLineBody[];
}

export class NotePath {
  @IdField({ description: 'of the note' })
  readonly id!: string;
}

export class NoteQuery extends PageQuery {
  @EnumField(['entered', 'approved'], { description: 'only these', optional: true })
  readonly state?: string;

  @CodesField({ description: 'only these', optional: true })
  readonly among?: readonly string[];
}

export class NoteView {
  @IdField({ description: 'of the note' })
  readonly id!: string;

  @MoneyField({ description: 'how much' })
  readonly amount!: string;

  @DayField({ description: 'when' })
  readonly day!: string;

  @TextField({ description: 'entered or approved' })
  readonly state!: string;

  @IntField({ description: 'version' })
  readonly version!: number;

  @TextField({ description: 'never given', nullable: true })
  readonly remark!: string | null;
}

export class NotePage extends pageOf(() => NoteView, 'notes') {}
