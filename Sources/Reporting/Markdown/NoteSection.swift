import Experiments

/// Notes on rows and on published numbers, the circumstances of the runs, and what the marks mean.
struct NoteSection {
  let source: ReportSource
  let marks: Marks

  func add(to text: inout Document) {
    text.heading(2, "Notes", folds: true)
    text.list(marks.footnotes)
    text.list(source.data.specification.notes)
    text.list(rowNotes)
    text.list(circumstances)
    text.list(marks.legend)
    if let published = source.published {
      text.paragraph(
        "Published numbers: \(published.paper). Sources: " + published.sources.map(\.text).joined(separator: "; ") + "."
      )
    }
  }

  private var rowNotes: [String] {
    source.data.rows.filter { !$0.note.isEmpty }.map { "\($0.label): \($0.note)" }
  }

  /// What the bits depend on, with all the values that it had over the runs.
  private var circumstances: [String] {
    let manifests = source.data.entries.flatMap { entry in
      entry.outcomes + entry.atPaperRate.compactMap(\.outcome) + entry.search.compactMap(\.outcome)
    }.compactMap(\.manifest)
    guard !manifests.isEmpty else { return [] }
    func values(_ text: (RunManifest) -> String) -> String {
      Set(manifests.map(text).filter { !$0.isEmpty }).sorted().joined(separator: "; ")
    }
    return [
      "Allocator: \(values(\.allocator)). BLAS kernels: \(values(\.blasCore)) (\(values(\.blasConfiguration)))."
    ]
  }
}
