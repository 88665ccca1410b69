import {
  CodeField,
  DayField,
  IdField,
  InstantField,
  IntField,
  MoneyField,
  PageQuery,
  TextField,
  pageOf,
} from '@guoku/service';

/** The treasury's daily report 3401 收入日报 as a CSV file. */
export class ReceiptFileDto {
  @TextField({ description: 'name of the file' })
  readonly name!: string;
  @TextField({ description: 'its content', max: 8_000_000 })
  readonly content!: string;
}

export class ReceiptFileNameQuery {
  @TextField({ description: 'name of the file, where the body is the file itself', optional: true })
  readonly name?: string;
}

export class ReceiptFilePath {
  @IdField({ description: 'the file' })
  readonly fileId!: string;
}

export class ReceiptFileShownDto {
  @IdField({ description: 'the file' })
  readonly fileId!: string;
  @TextField({ description: 'its name' })
  readonly name!: string;
  @CodeField({ description: 'SHA-256 of its content: the same content is the same file' })
  readonly sha256!: string;
  @IntField({ description: 'lines' })
  readonly lineCount!: number;
  @IntField({ description: 'lines that were new' })
  readonly taken!: number;
  @MoneyField({ description: 'sum of all lines' })
  readonly total!: string;
  @DayField({ description: 'business day on which it was booked' })
  readonly date!: string;
  @TextField({ description: 'who entered it' })
  readonly actor!: string;
  @InstantField({ description: 'when' })
  readonly recordedAt!: string;
}

export class ReceiptFileQuery extends PageQuery {}

export class ReceiptFilePage extends pageOf(() => ReceiptFileShownDto, 'by id') {}
