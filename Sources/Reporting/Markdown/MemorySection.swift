import Experiments
import Foundation
import MemoryAccounting

/// The memory that runs really took, by category, beside the published numbers and the predicted ones.
struct MemorySection {
  let source: ReportSource
  let marks: Marks

  /// A category that would print as 0.0 in every row has no column.
  private static let leastBytes = 50_000

  private var results: [MemoryResult] { source.data.memory.filter { $0.peakBytes != nil } }

  func add(to text: inout Document) {
    guard !source.data.memory.isEmpty else { return }
    text.heading(2, "Memory of training")
    guard !results.isEmpty else {
      text.paragraph("Nothing has been run or predicted at this scale.")
      return
    }
    text.paragraph(caption)
    for size in source.data.scale.memory?.sizes ?? [] { text.table(totals(size)) }
    text.paragraph("By category, each at its own peak, in MB = 10⁶ bytes:")
    for size in source.data.scale.memory?.sizes ?? [] { text.table(categories(size)) }
    text.list([agreement, excess, waiting, crossCheck].filter { !$0.isEmpty })
  }

  private var caption: String {
    let trainings = source.data.memory.map(\.training)
    let shapes = trainings.map { "\($0.steps) updates of \($0.batch) × \($0.sequenceLength) tokens" }
    let unique = shapes.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let verb = results.contains { $0.isMeasured } ? "were" : "would be"
    return
      "The most bytes of tensors that \(verb) live at once, as they are asked for, in \(unique.joined(separator: " or ")). "
      + "In G = 10⁹ bytes; the program itself and the allocator's rounding are not in it. *Ratio*: ours over the "
      + "published number."
  }

  private func totals(_ size: TableSize) -> DocumentTable {
    var table = DocumentTable(
      ["\(size.label): method", "Peak (G)", "published", "ratio", "Record"],
      alignments: [.left, .right, .right, .right, .left])
    for result in source.memory(of: size) {
      let number = source.number(.peakMemory, result.row, size)
      table.add([
        DocumentCell(result.row.label),
        DocumentCell(marked(result, result.total.map(Self.gigabytes)), from: .memory(result)),
        marks.marked(number),
        DocumentCell(
          number.flatMap { number in
            result.total.map { DecimalText.fixed(Double($0) / 1e9 / number.value, places: 2) }
          } ?? "", from: Origin("Ours over the published number")),
        DocumentCell(result.outcome.map { "[run](\($0.recordPath))" } ?? ""),
      ])
    }
    return table
  }

  private func categories(_ size: TableSize) -> DocumentTable {
    let results = source.memory(of: size)
    let present = MemoryCategory.allCases.filter { category in
      results.contains { ($0.peakBytes?[category.rawValue] ?? 0) >= Self.leastBytes }
    }
    var table = DocumentTable(["\(size.label): method"] + present.map(\.rawValue) + ["peak of all"])
    for result in results {
      let keys = present.map(\.rawValue) + ["total"]
      table.add(
        [DocumentCell(result.row.label)]
          + keys.map { key in
            let text = result.peakBytes.map { DecimalText.fixed(Double($0[key] ?? 0) / 1e6, places: 1) }
            return DocumentCell(key == "total" ? marked(result, text) : text ?? "", from: .memory(result))
          })
    }
    return table
  }

  /// Bytes in G, two places, three below one.
  private static func gigabytes(_ bytes: Int) -> String {
    let value = Double(bytes) / 1e9
    return DecimalText.fixed(value, places: value < 1 ? 3 : 2)
  }

  private func marked(_ result: MemoryResult, _ text: String?) -> String {
    guard let text else { return "" }
    return result.isMeasured ? text : marks.predicted(text)
  }

  /// How far measurement and prediction are apart where there are both.
  private var agreement: String {
    let deviations = results.compactMap { result -> Double? in
      guard let measured = result.outcome?.peakBytes["total"], let predicted = result.recorded?.prediction.total
      else { return nil }
      return abs(Double(measured - predicted)) / Double(predicted)
    }
    guard let most = deviations.max() else { return "" }
    let runs = deviations.count == 1 ? "the one run that was made" : "all \(deviations.count) runs that were made"
    return most == 0
      ? "Prediction and measurement are the same to the byte in \(runs)."
      : "Prediction and measurement are at most \(DecimalText.fixed(most * 100, places: 3)) % apart in \(runs)."
  }

  /// The machines that were too small, with what was asked of them.
  private var excess: String {
    let tooLarge = results.filter { !$0.isMeasured && $0.recorded?.tooLargeFor != nil }
    let machines = Set(tooLarge.compactMap(\.recorded?.tooLargeFor)).sorted().map {
      DecimalText.fixed(Double($0) / 1e9, places: 2) + " G"
    }
    guard !machines.isEmpty else { return "" }
    let names = tooLarge.map { "\($0.row.label) at \($0.size.label)" }
    return "Predicted, as the machine of \(machines.joined(separator: ", ")) is too small for the run: "
      + names.joined(separator: "; ") + "."
  }

  /// What would fit, and has not been run.
  private var waiting: String {
    let names = results.filter { !$0.isMeasured && $0.recorded?.tooLargeFor == nil }
      .map { "\($0.row.label) at \($0.size.label)" }
    return names.isEmpty ? "" : "Predicted, and not run so far: " + names.joined(separator: "; ") + "."
  }

  /// Who served the runs, and what his own counts say.
  private var crossCheck: String {
    let manifests = results.compactMap(\.outcome?.manifest)
    guard !manifests.isEmpty else { return "" }
    func values(_ text: (RunManifest) -> String) -> String {
      Set(manifests.map(text).filter { !$0.isEmpty }).sorted().joined(separator: "; ")
    }
    let arenas = values(\.arenas)
    let verdict =
      switch arenas {
      case "agree": "Its arenas, one a category, count the same bytes as we do at the end of every run."
      case RunManifest.uncounted: "It keeps no counts of its own, so that ours are not cross-checked."
      case "": "Whether its own counts agree with ours was not noted."
      default: "Its own counts beside ours: \(arenas)."
      }
    let allocators = values { $0.allocator == "system" ? "the system's own allocator" : $0.allocator }
    return "The runs were served by \(allocators). \(verdict)"
  }
}

extension ReportSource {
  /// The memory cells of a size, in the order of the rows.
  func memory(of size: TableSize) -> [MemoryResult] { data.memory.filter { $0.size.label == size.label } }
}
