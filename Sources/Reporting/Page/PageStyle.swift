/// How the page looks: one sheet within it, so that it needs nothing from elsewhere.
enum PageStyle {
  /// Colours have a contrast of 4.5 to 1 or more on their grounds; nothing is told by colour alone.
  static let sheet = HTML.style(
    """
    :root { --ink: #1c2126; --soft: #545d66; --line: #d5dade; --ground: #f5f7f8; --link: #0b5394; }
    * { box-sizing: border-box; }
    html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
    body { margin: 0; background: #fff; color: var(--ink); font: 1rem/1.55 system-ui, -apple-system, "Segoe UI",
      Roboto, "Liberation Sans", "DejaVu Sans", sans-serif; overflow-wrap: break-word; }
    header, main, footer { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem; }
    p, ul, ol, dl { max-width: 46rem; margin: 0.6rem 0; }
    ul, ol { padding-left: 1.3rem; }
    li { margin: 0.25rem 0; }
    h1, h2, h3, h4, h5 { line-height: 1.25; text-wrap: balance; }
    h1 { font-size: 2.1rem; margin: 0.2rem 0 0.6rem; letter-spacing: -0.015em; }
    h2 { font-size: 1.5rem; margin: 0 0 0.6rem; letter-spacing: -0.01em; max-width: 46rem; }
    h3 { font-size: 1.15rem; margin: 1.9rem 0 0.5rem; }
    h4 { font-size: 1rem; margin: 1.4rem 0 0.4rem; }
    a { color: var(--link); text-underline-offset: 0.15em; }
    a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid #b3560b; outline-offset: 2px; }
    code { font: 0.9em ui-monospace, "DejaVu Sans Mono", "Liberation Mono", monospace; background: var(--ground);
      padding: 0.1em 0.3em; border-radius: 3px; }
    .skip { position: absolute; left: -100vw; }
    .skip:focus { left: 1rem; top: 1rem; background: #fff; padding: 0.5rem 1rem; z-index: 1; }
    .unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%);
      white-space: nowrap; }
    header { padding-top: 2.2rem; }
    .eyebrow { color: var(--soft); font-size: 0.9rem; margin: 0; }
    .answer { font-size: 1.3rem; line-height: 1.45; }
    .part { border-top: 1px solid var(--line); margin-top: 3rem; padding-top: 2rem; }
    .meta { color: var(--soft); font-size: 0.9rem; }
    .topics { list-style: none; padding: 0; margin: 1.4rem 0; max-width: none; display: grid; gap: 0.75rem;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); }
    .topics > li { margin: 0; border: 1px solid var(--line); border-radius: 6px; padding: 0.75rem 0.9rem; }
    .topics h2 { margin: 0; font-size: 0.9rem; font-weight: 600; color: var(--soft); letter-spacing: 0; }
    .topics p { margin: 0.1rem 0 0.6rem; font-size: 0.9rem; line-height: 1.4; }
    .topics .verdict { font-size: 1.15rem; font-weight: 700; margin: 0.1rem 0; }
    .tally { display: flex; flex-wrap: wrap; gap: 0.3rem; margin: 0; padding: 0; list-style: none; }
    .tally li { margin: 0; }
    .chip, strong.holds, strong.fails, strong.open { display: inline-block; border-radius: 3px; padding: 0 0.4rem;
      font-size: 0.85em; font-weight: 600; white-space: nowrap; }
    .chip { font-size: 0.82rem; }
    .holds { background: #dcf1e3; color: #0f4d28; }
    .fails { background: #fbe0dd; color: #85180f; }
    .open { background: #fcecc4; color: #5f4200; }
    .untested { background: #e9edf0; color: #3f4850; }
    .scroll, .drawing { overflow-x: auto; margin: 0.9rem 0 0.3rem; }
    table { border-collapse: collapse; font-size: 0.875rem; line-height: 1.4; font-variant-numeric: tabular-nums; }
    caption { text-align: left; color: var(--soft); padding: 0 0 0.35rem; }
    th, td { padding: 0.34rem 0.7rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
    th:first-child { padding-left: 0.2rem; }
    thead th { vertical-align: bottom; border-bottom: 2px solid #8b949c; font-weight: 600; }
    tbody th { font-weight: 500; min-width: 8rem; }
    td:not(.number), tbody th { max-width: 34rem; }
    .number { text-align: right; }
    td.number { white-space: nowrap; }
    td.from { cursor: help; }
    tbody th { position: sticky; left: 0; background: #fff; }
    tbody tr:hover > * { background: var(--ground); }
    td a { display: inline-block; padding: 0.15rem 0.3rem; min-width: 1.6rem; text-align: center; }
    figure { margin: 1.2rem 0 1.6rem; }
    figcaption { color: var(--soft); font-size: 0.9rem; max-width: 46rem; }
    .drawing svg { display: block; min-width: 40rem; max-width: 100%; height: auto; }
    pre { font: 0.75rem/1.4 ui-monospace, "DejaVu Sans Mono", monospace; max-height: 20rem; overflow: auto;
      background: var(--ground); padding: 0.7rem; }
    summary { cursor: pointer; padding: 0.15rem 0; width: fit-content; }
    summary h3, summary h4 { display: inline; }
    details.fold > summary h3 { font-size: 1rem; }
    details.fold { border-top: 1px solid var(--line); padding: 0.55rem 0; margin: 0; }
    details.fold + details.fold { margin-top: 0; }
    details.more { margin: 0.6rem 0; }
    details.from { color: var(--soft); font-size: 0.85rem; margin: 0.2rem 0 1.1rem; }
    details.from ul { max-width: 60rem; }
    .contents { columns: 2; column-gap: 3rem; max-width: none; padding: 0; list-style: none; }
    .contents li { break-inside: avoid; margin: 0 0 0.6rem; }
    .missing { color: var(--soft); font-style: italic; }
    footer { border-top: 1px solid var(--line); margin-top: 3rem; padding-top: 1rem; padding-bottom: 3rem;
      color: var(--soft); font-size: 0.9rem; }
    @media (max-width: 44rem) {
      h1 { font-size: 1.7rem; }
      h2 { font-size: 1.3rem; }
      .answer { font-size: 1.12rem; }
      header, main, footer { padding-left: 1rem; padding-right: 1rem; }
      .contents { columns: 1; }
      th, td { padding: 0.34rem 0.5rem; }
      tbody th { min-width: 6.5rem; max-width: 10.5rem; }
      td:not(.number) { min-width: 9rem; }
    }
    @media print {
      body { font-size: 10pt; }
      header, main, footer { max-width: none; padding: 0; }
      details::details-content { content-visibility: visible; display: block; height: auto; }
      details.from pre, .skip { display: none; }
      .scroll, .drawing { overflow: visible; }
      .drawing svg { min-width: 0; }
      table { font-size: 7.5pt; }
      tr, figure, h2, h3, h4 { break-inside: avoid; }
      h2, h3, h4 { break-after: avoid; }
      section.part { break-before: page; border: 0; margin: 0; }
      a { color: inherit; }
    }
    """)
}
