from cmcore.charts.api import chart as chart
