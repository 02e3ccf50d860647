// The style of a difference's page; see diff_page_parts.h. To be looked at in a browser at 360 and 1400 pixels and in
// print: tests can only hold that it asks nothing of the network.
#include "report/diff_page_parts.h"

namespace cordon::report {
namespace {

constexpr std::string_view kStyle = R"(
:root {
  --ink: #1b1b1b; --soft: #55595f; --paper: #ffffff; --shade: #f3f4f6; --line: #c9cdd3; --strong: #1f4e79;
}
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e9eaec; --soft: #a9afb8; --paper: #16181b; --shade: #22262b; --line: #454b54; --strong: #9cc7ef; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 1rem 1.25rem 4rem; max-width: 76rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 "Source Sans 3", "Noto Sans", "Segoe UI", "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: anywhere;
}
h1, h2, h3, h4, h5 { line-height: 1.25; margin: 0; break-after: avoid; }
h1 { font-size: 1.6rem; margin-top: 1rem; }
h2 { font-size: 1.3rem; margin: 2.75rem 0 .75rem; padding-top: .5rem; border-top: 3px solid var(--ink); }
h3 { font-size: 1.15rem; margin: 1.5rem 0 .75rem; }
h4 { font-size: 1rem; }
h5 { font-size: .9rem; margin: 1rem 0 .25rem; color: var(--soft); }
p, ul, dl { margin: .25rem 0; }
ul { padding-left: 1.25rem; }
li { margin: .15rem 0; }
a { color: var(--strong); text-underline-offset: .15em; }
cite { font-style: normal; color: var(--soft); font-size: .9em; }
cite::before { content: "["; }
cite::after { content: "]"; }
td cite::before, td cite::after, dd cite::before, dd cite::after { content: ""; }
.small, .kind, .count, .text, .digest { color: var(--soft); font-size: .9rem; }
.count, .kind { font-weight: normal; }
.title { font-size: 1.1rem; }
.digest { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .8rem; }
.verdict { font-size: 1.3rem; line-height: 1.3; margin: 0; padding: .75rem 1rem; border: 3px solid var(--ink); }
.verdict strong { margin-right: .75rem; letter-spacing: .02em; }
.remainder { font-weight: 600; margin-top: 1.25rem; }

table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { border: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top; }
thead th { background: var(--shade); }
.scroll { overflow-x: auto; margin: .5rem 0 1rem; }
.matrices { display: flex; flex-wrap: wrap; gap: 0 2.5rem; }
.matrices > div { max-width: 100%; }
.matrices h3 { margin: 1rem 0 .15rem; font-size: 1rem; }
.matrix td, .matrix th { overflow-wrap: normal; min-width: 5.5rem; }
.matrix td a { display: inline-block; white-space: nowrap; padding: .15rem 0; font-weight: 600; }
.corner { font-weight: normal; color: var(--soft); white-space: nowrap; }
.none { color: var(--soft); }

.region {
  border: 1px solid var(--line); border-left: 6px solid var(--strong);
  padding: .9rem 1.1rem 1.1rem; margin: 0 0 1.25rem;
}
.region > header { border-bottom: 1px solid var(--line); padding-bottom: .5rem; }
.change { margin: 0; color: var(--soft); }
.sides { width: 100%; table-layout: fixed; margin: .35rem 0 .75rem; }
.sides thead th:first-child { width: 27%; }
.sides tbody th { font-weight: 600; }
.sides .about th, .sides .about td { font-weight: normal; color: var(--soft); font-size: .9rem; }
.changed { border: 2px solid var(--ink); background: var(--shade); }
.changed .said { font-weight: 700; white-space: pre-line; }
td.changed { position: relative; padding-right: 4.75rem; background-clip: padding-box; }
.mark {
  position: absolute; top: .4rem; right: .6rem;
  font-size: .75rem; line-height: 1.3; font-weight: 600; border-bottom: 2px solid var(--ink);
}
.said { white-space: pre-line; }
.edits { list-style: none; padding: 0; }
.name { display: inline-block; max-width: 100%; }
.path { font-weight: 600; }
.edits dl, .facts, .versions { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .75rem; }
.facts { grid-template-columns: minmax(6rem, max-content) minmax(6rem, 1fr); }
dt { color: var(--soft); }
dd { margin: 0; }
del, ins { text-decoration: none; white-space: pre-line; }
ins { font-weight: 600; }
.answers { display: grid; grid-template-columns: 1fr 1fr; gap: .75rem; margin-top: .6rem; }
.answers div { border: 1px solid var(--line); padding: .4rem .6rem; }
.answers dt { font-size: .9rem; }
.versions { margin-top: 1rem; }
details { margin-top: .5rem; }
summary { cursor: pointer; color: var(--strong); }
pre { margin: .35rem 0; padding: .6rem; background: var(--shade); overflow-x: auto; white-space: pre; }
code { font: .85rem/1.45 ui-monospace, "DejaVu Sans Mono", monospace; }

@media screen and (min-width: 62rem) {
  .region {
    display: grid; gap: 0 2rem;
    grid-template-columns: minmax(0, 5fr) minmax(0, 7fr); grid-template-rows: auto auto 1fr;
  }
  .region > header { grid-column: 1 / -1; }
  .who { grid-column: 1; grid-row: 2; }
  .example { grid-column: 1; grid-row: 3; }
  .why { grid-column: 2; grid-row: 2 / span 2; }
}
@media screen and (max-width: 34rem) {
  body { padding: .5rem .75rem 3rem; }
  h1 { font-size: 1.35rem; }
  .verdict { font-size: 1.1rem; }
  .region { padding: .7rem .75rem .9rem; }
  .matrix th, .matrix td { min-width: 0; padding: .3rem .35rem; font-size: .9rem; }
  .sides, .sides tbody { display: block; }
  .sides thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .sides tr { display: grid; grid-template-columns: 1fr 1fr; margin-bottom: .5rem; }
  .sides tbody th { grid-column: 1 / -1; border: 0; padding: .1rem 0; }
  .sides td { padding: .3rem .45rem; }
  .sides td::before {
    content: attr(data-label); display: block;
    color: var(--soft); font-size: .75rem; font-weight: normal;
  }
  td.changed { padding-right: .45rem; }
  .mark { position: static; display: table; }
}
@page { size: A4; margin: 14mm 15mm 16mm; }
@media print {
  :root { color-scheme: light; font-size: 9.5pt; }
  body { max-width: none; padding: 0; line-height: 1.32; }
  h1 { font-size: 15pt; }
  h2 { font-size: 13pt; margin-top: 7mm; }
  h3 { font-size: 11pt; }
  h5 { margin-top: 2.5mm; }
  .verdict { font-size: 13pt; }
  .scroll { overflow: visible; }
  th, td { padding: 1mm 2mm; }
  td.changed { padding-right: 14mm; }
  .mark { top: 1mm; right: 2mm; }
  .region { border-left-width: 3pt; padding: 2.5mm 4mm 3mm; margin-bottom: 4mm; }
  .region > header { padding-bottom: 1mm; }
  .region { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0 6mm; }
  .region > header, .who, .rules { grid-column: 1 / -1; }
  .why { display: contents; }
  .region, .matrices > div, .sides tr, .edits li, #limits li, #undecided li { break-inside: avoid; }
  .aspect > .text { break-after: avoid; }
  h3 + .region { break-before: avoid; }
  a { color: inherit; text-decoration: none; }
  details { display: none; }
  p, li { orphans: 3; widows: 3; }
}
)";

}  // namespace

std::string_view DiffStyle() { return kStyle; }

}  // namespace cordon::report
