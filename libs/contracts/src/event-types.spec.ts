import { Ajv2020 } from 'ajv/dist/2020.js';
import { EVENTS, schemaOf, topicOf, TOPICS, isEventType, type EventData } from './index.js';

const types = Object.keys(EVENTS).filter(isEventType);

describe('the event contracts', () => {
  it.each(types)('%s has a schema that a strict validator accepts', (type) => {
    const ajv = new Ajv2020({
      strict: true,
      formats: { uuid: true, date: true, 'date-time': true },
    });
    expect(() => ajv.compile(schemaOf(type))).not.toThrow();
  });

  it('sends every event to a topic that exists', () => {
    const names = TOPICS.map((topic) => topic.name);
    for (const type of types) expect(names).toContain(topicOf(type));
  });

  it('lets an optional field be missing and refuses money with three decimals', () => {
    const returned: EventData<'guoku.payment.returned.v1'> = {
      paymentId: '0198a9c1-0000-7000-8000-000000000001',
      requestId: '0198a9c1-0000-7000-8000-000000000002',
      bgtId: '0198a9c1-0000-7000-8000-000000000003',
      returnId: '0198a9c1-0000-7000-8000-000000000004',
      amount: '12.50',
      poolCode: 'tsa',
      accountCode: '21',
      date: '2026-12-01',
      valueDate: '2026-12-01',
      afterSettlement: false,
      reason: { zh: '账号有误', en: 'wrong account number' },
    };
    const ajv = new Ajv2020({
      strict: true,
      formats: { uuid: true, date: true, 'date-time': true },
    });
    const validate = ajv.compile(schemaOf('guoku.payment.returned.v1'));
    expect(validate(returned)).toBe(true);
    expect(validate({ ...returned, amount: '12.505' })).toBe(false);
    expect(validate({ ...returned, paymentId: undefined })).toBe(false);
  });
});
