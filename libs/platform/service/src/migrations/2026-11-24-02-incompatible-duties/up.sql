insert into duty_conflict (duty_a, duty_b, on_same, within_days, reason_zh, reason_en) values
  ('plan.approve', 'payment.instruct', false, 366,
    '支付审批与支付执行不相容', 'who approves payment may not carry it out'),
  ('fund-request.enter', 'payment.instruct', false, 366,
    '收款人信息录入与凭证签发不相容', 'who names payees may not pay them'),
  ('payment.instruct', 'receipt.enter', false, 366,
    '出纳不得兼管收入账目登记', 'the cashier may not keep the record of receipts'),
  ('division.import', 'budget.approve', false, 366,
    '系统管理与业务审批不相容', 'who administers the system may not approve quota'),
  ('division.import', 'plan.approve', false, 366,
    '系统管理与业务审批不相容', 'who administers the system may not approve payment'),
  ('division.import', 'payment.instruct', false, 366,
    '系统管理与支付不相容', 'who administers the system may not pay');
