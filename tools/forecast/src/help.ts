/** What `--help` prints. */
export const HELP = `Forecasts daily cash from past flows, with quantiles from joint sample paths. 库款现金流预测

  npm run -s forecast -- flows.csv --calendar cn --horizon 60 > forecast.csv
  npm run -s forecast -- flows.csv --calendar us --origin 2018-06-29 --windows 5,20 --opening 8000000.00
  npm run -s forecast -- flows.csv --opening 8000000.00 --floor 500000.00 --summary --lang zh
  npm run -s forecast -- flows.csv --opening 8000000.00 --plot fan.svg > forecast.csv
  npm run -s forecast -- monthly.csv --frequency monthly --season 12 --horizon 18
  npm run -s forecast -- backtest flows.csv --calendar us --from 2017-01-01 --to 2018-11-30

flows.csv holds date,series,amount; amounts are text such as 1234.50. Series whose name begins with outlay or
outflow go out, all others come in; where both are there a series net is added. A working day without a row is 0.

Options
  --horizon N          working days (or periods) ahead, 60 by default; backtest 20
  --calendar NAME      cn (default), us (Federal Reserve), weekdays
  --origin DAY         last day that counts, by default the file's last
  --quantiles LIST     by default 0.025,0.05,0.1,0.25,0.5,0.75,0.9,0.95,0.975
  --windows LIST       adds sums of the first N days (receipts:sum20) and lowest values (net:min20, balance:min20)
  --known FILE         flows with a date and a size of their own, same columns: those up to the origin are taken out
                       of the history, later ones are added to the forecast
  --opening AMOUNT     balance at the end of the origin; adds the series balance
  --series LIST        only these series; a file holds totals or parts, not both
  --frequency NAME     daily (default), weekly, monthly, hourly, none; all but daily take no calendar
  --season N           periods of one cycle, such as 12 for months
  --paths N            joint sample paths, 1000 by default; backtest 500
  --summary            text for people instead of CSV: fan of the balance, first short day, weeks and months
  --floor AMOUNT       what the balance should not fall under, 0.00 by default (with --summary)
  --plot FILE          draws the fan (backtest: calibration and error by horizon) as .svg or .png
  --lang zh|en         language of the summary, English by default
  --from, --to DAY     backtest: origins are the last working days of the weeks between them

Exit status: 0 done, 2 refused, with what is wrong and in which line on standard error.
What had to be done for odd input is said on standard error. The same input gives the same bytes.
`;
