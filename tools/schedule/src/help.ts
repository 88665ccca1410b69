/** What `--help` prints. */
export const HELP = `Plans which fund requests are paid on which day when cash is short.

  npm run -s schedule -- problem.json > plan.json        plan (- reads standard input)
  npm run -s schedule -- problem.json --summary          the same for people: ranks, units, a chart
  npm run -s schedule -- problem.json --summary --lang zh
  npm run -s schedule -- --batch problems.ndjson         one problem a line in, one plan a line out
  npm run -s schedule -- check problem.json plan.json    an independent check
  npm run -s schedule -- check problem.json plan.json --again   the same bytes as well
  npm run -s schedule -- diff a.json b.json --summary    what changes between two problems
  npm run -s schedule -- breakpoints problem.json --step 1 --summary
                                                         how much less or later cash hurts which tier
  npm run -s schedule -- problem.json --cures FR-1,FR-9  what would let these two be paid
  npm run -s schedule -- from-csv requests.csv pools.csv cash.csv > problem.json
                                                         a problem from three sheets

Options
  --cures none|all|ID,ID   cures for nobody, everybody, these; by default the first 2,000 not on time
  --summary                text for people instead of JSON (plan, diff, breakpoints)
  --lang zh|en             language of that text
  --step PERCENT           grid of breakpoints, 0.1 by default
  --again                  check: plan again and demand the same bytes

Exit status: 0 planned (check: accepted), 1 planned with alarms (check: rejected),
2 refused: standard output then carries {"faults":[{"pointer","code","detail"}]}; --batch: 0.
Problems, plans, sheets and every code are explained in docs/planner.md,
docs/how-to/problem-and-plan-files.md and docs/how-to/plan-from-a-spreadsheet.md.
`;

/** What \`--help\` prints for the trials of the planner itself. */
export const TRIAL_HELP = {
  fuzz: `npm run fuzz:schedule [-- COUNT [FIRST-SEED]]

Plans COUNT random small problems (10,000) and compares every aim of every rank with the exact optimum by HiGHS.
Prints each difference with its seed. Exit status 1 where there is one.

  npm run fuzz:schedule -- 500 7
`,
  prove: `npm run prove:schedule [-- PART [COUNT [FIRST-SEED]]]

Prints each failure with its seed, and a line a part. Exit status 1 where there is a failure. Without a part, all:
  cures      10,000 requests that are not on time: each cure suffices, and one fen or one day less does not
  months     100,000 months: limits hold, higher ranks come first, nothing below and no order of the input matters
  malformed  10,000 spoilt problems: refused with every fault at its place, or sound after all
  tampered   10,000 plans tampered with in 42 ways: the checker rejects each, and accepts every plan as made

  npm run prove:schedule -- months 1000 7
`,
  bench: `npm run bench:schedule [-- WORDS… --full]

Times, memory, gaps and shares proven, beside HiGHS in the same run; the last line is JSON. WORDS choose cases by name.
--full adds the month of a million requests, which needs 4 GiB.

  npm run bench:schedule -- Manchester
`,
} as const;
