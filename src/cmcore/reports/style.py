"""The style of a report: on a screen, light or dark, wide or narrow; on paper, always light."""

from collections.abc import Iterator
from typing import Final

from cmcore.display.tones import GROUNDS, SCHEMES, mixed


def _colours(scheme: str) -> str:
    """Return the colours of a scheme, by name."""
    ground, text = SCHEMES[scheme]
    tones = "".join(f"--{tone}:{mixed(tone, scheme)};" for tone in GROUNDS)
    return f":root{{--ground:{ground};--text:{text};{tones}color-scheme:{scheme}}}"


def _rules() -> Iterator[str]:
    """Yield what tones look like, as ink and as the ground of a cell."""
    for tone, shades in GROUNDS.items():
        yield f"td.{tone},.{tone}>h3 .mark{{color:var(--{tone});font-weight:600}}"
        yield f"article.{tone}{{border-color:var(--{tone})}}"
        for depth, shade in enumerate(shades):
            yield f"td.on-{tone}-{depth}{{background:{shade};color:#fff}}"
    yield from (f".map th.hours-{span}{{height:{0.8 * span:.1f}em}}" for span in range(1, 5))


_SHARED: Final = """\
*{box-sizing:border-box}
html{font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:60rem;padding:0 1.5rem 3rem;background:var(--ground);
color:var(--text);overflow-wrap:break-word;hyphens:auto;-webkit-print-color-adjust:exact;
print-color-adjust:exact}
a{color:inherit;text-underline-offset:.2em}
a:focus-visible{outline:2px solid currentColor;outline-offset:2px}
h1{font-size:2.4rem;line-height:1.15;margin:.2em 0 .3em;text-wrap:balance;hyphens:none}
h2{font-size:1.6rem;line-height:1.25;margin:0 0 .2em;padding-top:.6em;
border-top:3px solid currentColor;hyphens:none}
h3{font-size:1.05rem;margin:0 0 .4em;hyphens:none}
p{margin:.4em 0;max-width:44rem}
code{font:inherit;font-style:italic}
.whole{white-space:nowrap}
.cover{padding:4rem 0 1rem}
.who,.day{font-size:1.2rem}
.about,.foot,.made{opacity:.8}
.foot,.made,footer{font-size:.85rem}
nav{margin:2rem 0}
nav ol{list-style:none;margin:0;padding:0;border-bottom:1px solid}
nav li{border-top:1px solid}
nav a{display:block;padding:.35em 0;text-decoration:none}
nav a:hover{text-decoration:underline}
section{margin-top:3rem}
article{margin:1.5rem 0 2rem;padding-left:1rem;border-left:4px solid transparent}
article.plain{border-color:transparent;padding-left:0;border-left:0}
.pictures{display:flex;flex-wrap:wrap;gap:0 2rem}
figure,.pictures>div{margin:.5em 0;flex:1 1 20rem;max-width:27rem}
.pictures>div:empty{display:none}
table{border-collapse:collapse;width:100%;margin:.8em 0;font-size:.9rem}
caption{text-align:left;font-weight:600;padding:.2em 0}
th,td{text-align:left;vertical-align:top;padding:.3em .8em .3em 0}
thead th{border-bottom:2px solid;font-weight:600}
tbody td,tbody th{border-bottom:1px solid color-mix(in srgb,currentColor 22%,transparent)}
td:last-child{padding-right:0}
:is(td,th):first-child[class]{white-space:nowrap}
.lines th{font-weight:400;white-space:nowrap;opacity:.8;width:1%}
.lines th.wide{white-space:normal;width:30%}
.map,#diagnosis table,#checks table{table-layout:fixed}
:is(#diagnosis,#checks) th:first-child{width:6.5rem}
:is(#diagnosis,#checks) th:last-child{width:27%}
.map td,.map th{border:1px solid var(--ground);text-align:center;vertical-align:middle;
padding:.1em;font-size:.8rem}
.map th:first-child{width:5.5em;text-align:left;font-weight:400;white-space:nowrap}
.map thead th{border-bottom:0}
footer{margin-top:3rem;padding-top:.6em;border-top:1px solid}
"""

_NARROW: Final = """\
@media screen and (max-width:40rem){
body{padding:0 1rem 2rem}
.cover{padding-top:1.5rem}
h1{font-size:1.8rem}
article{padding-left:.7rem}
table:not(.map) thead{display:none}
table:not(.map),table:not(.map) tbody,table:not(.map) tr,table:not(.map) td,.lines th,caption{
display:block}
table:not(.map) tr{padding:.5em 0;
border-bottom:1px solid color-mix(in srgb,currentColor 22%,transparent)}
table:not(.map) td,table:not(.map) th{border:0;padding:.1em 0;white-space:normal;width:auto}
td[data-head]{display:grid!important;grid-template-columns:8.6em 1fr;gap:.4em}
td[data-head]:first-child{display:block!important;font-weight:600}
td[data-head]:empty{display:none!important}
.lines th.wide{width:auto}
td[data-head]:not(:first-child)::before{content:attr(data-head);opacity:.75;font-weight:400}
.map caption{display:table-caption}
.map td,.map th{font-size:.68rem;padding:0}
.map th:first-child{width:4.6em}
}
"""

_PAPER: Final = """\
@page{size:A4;margin:16mm 16mm 18mm;@bottom-right{content:counter(page) " / " counter(pages);
font:8pt sans-serif}}
@media print{
html{font-size:9.5pt;line-height:1.4}
body{max-width:none;padding:0}
.cover{padding-top:35mm}
.pictures{display:block;break-inside:avoid;break-before:avoid}
#diagnosis .pictures{display:flex}
#diagnosis figure{flex:0 0 20rem;max-width:none;margin:0}
#diagnosis table{font-size:7.5pt;line-height:1.2;margin:.4em 0}
#diagnosis :is(td,th){padding-block:.12em}
#diagnosis article{margin-block:.6em}
#checks table{font-size:8pt}
footer{margin-top:1em}
footer,.foot{break-before:avoid}
section{break-before:page;margin:0}
h2,h3,caption,thead{break-after:avoid}
p,figure,tr,.map,.short{break-inside:avoid}
thead{display:table-header-group}
article{margin:1em 0 1.6em;padding:0;border:0}
th,td{padding:.22em .8em .22em 0}
a{text-decoration:none}
}
"""

#: The whole style, as it stands in the head of a page.
STYLE: Final = "\n".join(
    [
        _colours("light"),
        f"@media screen and (prefers-color-scheme:dark){{{_colours('dark')}}}",
        _SHARED + "\n".join(_rules()),
        _NARROW + _PAPER,
    ]
)
