import type { Day } from '@guoku/calendar';
import type { Money } from '@guoku/money';
import {
  BoolField,
  DayField,
  EnumField,
  IdField,
  InstantField,
  ListField,
  MoneyField,
  PageQuery,
  batchResultOf,
  lineResultOf,
  pageOf,
} from '@guoku/service';
import { PLACES } from '@guoku/domain-quota';

export class PlaceHoldDto {
  @IdField({ description: 'the fund request 用款申请; also the id of its hold' })
  readonly requestId!: string;
  @IdField({ description: 'the quota line 指标 it draws on' })
  readonly bgtId!: string;
  @MoneyField({ description: 'what to set aside', min: '0.01' })
  readonly amount!: Money;
}

export class PlaceHoldsDto {
  @ListField(() => PlaceHoldDto, { description: 'the holds', min: 1, max: 5000 })
  readonly lines: PlaceHoldDto[] = [];
  @BoolField({ description: 'all or none; otherwise each for itself', optional: true })
  readonly atomic?: boolean;
}

export class HoldPath {
  @IdField({ description: 'the fund request' })
  readonly requestId!: string;
}

export class ConfirmationPath extends HoldPath {
  @IdField({ description: 'the payment' })
  readonly paymentId!: string;
}

export class ConfirmHoldDto {
  @IdField({ description: 'the payment that is about to be instructed' })
  readonly paymentId!: string;
  @MoneyField({ description: 'its amount', min: '0.01' })
  readonly amount!: Money;
  @DayField({ description: 'business day of the instruction' })
  readonly date!: Day;
}

/** The gRPC request: path and body in one message. */
export class ConfirmHoldMessage extends ConfirmHoldDto {
  @IdField({ description: 'the fund request' })
  readonly requestId!: string;
}

export class HoldDto {
  @IdField({ description: 'the fund request' })
  readonly requestId!: string;
  @IdField({ description: 'the quota line' })
  readonly bgtId!: string;
  @MoneyField({ description: 'asked for: held + inTransit + spent + released' })
  readonly amount!: string;
  @MoneyField({ description: 'still set aside 占用' })
  readonly held!: string;
  @MoneyField({ description: 'confirmed for payments whose answer is awaited 在途' })
  readonly inTransit!: string;
  @MoneyField({ description: 'paid, net of what came back in the same year 已支付' })
  readonly spent!: string;
  @MoneyField({ description: 'given back to the line' })
  readonly released!: string;
  @BoolField({ description: 'an approved plan promised it: only its fund request lets it go' })
  readonly planned!: boolean;
  @InstantField({ description: 'when it was made' })
  readonly heldAt!: string;
}

export class ConfirmationDto {
  @IdField({ description: 'the fund request' })
  readonly requestId!: string;
  @IdField({ description: 'the quota line' })
  readonly bgtId!: string;
  @IdField({ description: 'the payment' })
  readonly paymentId!: string;
  @MoneyField({ description: 'its amount' })
  readonly amount!: string;
  @EnumField(PLACES, { description: 'where the amount stands' })
  readonly place!: string;
}

export class HoldQuery extends PageQuery {
  @IdField({ description: 'only of this line', optional: true })
  readonly bgtId?: string;
  @EnumField(['open', 'finished'], {
    description: 'open: something is held or in transit',
    optional: true,
  })
  readonly state?: 'open' | 'finished';
}

export class HoldPage extends pageOf(() => HoldDto, 'by request') {}

export class HoldResultDto extends lineResultOf(() => HoldDto, 'the hold') {}

export class HoldResultsDto extends batchResultOf(() => HoldResultDto) {}
