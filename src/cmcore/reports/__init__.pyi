from cmcore.reports.compose import report as report
