import { BoolField, IntField, ListField, ObjectField, TextField, type Shape } from './fields.js';

type ShapeOf<Item> = () => new () => Item;

/** Of what `pageOf` made, the class of the items. */
const items = new Map<unknown, () => Shape>();

/** The class of a list's pages, for its contract: `class PlanPage extends pageOf(() => PlanDto, 'the latest first') {}`. */
export function pageOf<Item extends object>(item: ShapeOf<Item>, description: string) {
  class ItemPage {
    @ListField(item, { description })
    readonly items!: Item[];

    @TextField({ description: 'where the next page begins', nullable: true, max: 2000 })
    readonly nextCursor!: string | null;
  }
  items.set(ItemPage, item);
  return ItemPage;
}

/** The class of what became of one line of a batch. @param description of its value where it was done */
export function lineResultOf<Value extends object>(value: ShapeOf<Value>, description: string) {
  class ValueLine {
    @IntField({ description: 'place in the request, from 0' })
    readonly index!: number;

    @BoolField({ description: 'whether it was done' })
    readonly ok!: boolean;

    @ObjectField(value, { description, optional: true })
    readonly value?: Value;

    @TextField({ description: 'code of the refusal', optional: true })
    readonly code?: string;

    @TextField({ description: 'the refusal in the caller’s language', optional: true })
    readonly detail?: string;

    @TextField({ description: 'pointer of the field to blame', optional: true })
    readonly field?: string;
  }
  return ValueLine;
}

/** The class of what became of a batch. */
export function batchResultOf<Line extends object>(line: ShapeOf<Line>) {
  class LineBatch {
    @IntField({ description: 'how many were done' })
    readonly accepted!: number;

    @IntField({ description: 'how many were refused' })
    readonly refused!: number;

    @ListField(line, { description: 'one for each line', max: 5000 })
    readonly lines!: Line[];
  }
  return LineBatch;
}

/** The class of a list's items, where a class is that of its pages. */
export function itemOfPage(shape: object | undefined): Shape | undefined {
  return shape === undefined ? undefined : items.get(Object.getPrototypeOf(shape))?.();
}
