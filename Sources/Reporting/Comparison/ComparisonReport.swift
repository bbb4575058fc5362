/// Two sides beside each other as Markdown: how their specifications differ, and their numbers.
public struct ComparisonReport: Sendable {
  private let left: ComparedSide
  private let right: ComparedSide
  private let pairs: [(left: ComparedRun, right: ComparedRun)]

  /// Pairs what both sides have; two single records are a pair whatever they are.
  public init(_ left: ComparedSide, _ right: ComparedSide) {
    self.left = left
    self.right = right
    pairs = left.runs.compactMap { own in
      right.runs.first { $0.table == own.table && $0.key == own.key }.map { (own, $0) }
    }
  }

  /// Whether the sides have nothing in common.
  public var isEmpty: Bool { pairs.isEmpty }

  /// The text.
  public var markdown: String {
    var text = Document()
    text.heading(1, "\(left.title) beside \(right.title)")
    var tables: [String] = []
    for pair in pairs where !tables.contains(pair.left.table) { tables.append(pair.left.table) }
    for table in tables {
      if !table.isEmpty { text.heading(2, table) }
      add(pairs.filter { $0.left.table == table }, to: &text)
    }
    return text.markdown
  }

  private func add(_ pairs: [(left: ComparedRun, right: ComparedRun)], to text: inout Document) {
    addSettings(pairs, to: &text)
    let isSingle = pairs.count == 1
    var table = DocumentTable(
      (isSingle ? [] : ["Row, size"]) + ["Number", left.title, right.title, "Change"],
      alignments: isSingle ? [.left] : [.left, .left])
    for (own, other) in pairs {
      for number in own.numbers {
        guard let theirs = other.numbers.first(where: { $0.name == number.name }) else { continue }
        let change = RelativeChange(from: number.value, to: theirs.value)
        table.add((isSingle ? [] : [own.key]) + [number.name, number.text, theirs.text, change.text])
      }
    }
    text.table(table)
    if table.isEmpty { text.paragraph("No number is known of both.") }
  }

  /// The settings in which all pairs differ alike as a table, and what only some differ in.
  private func addSettings(_ pairs: [(left: ComparedRun, right: ComparedRun)], to text: inout Document) {
    let differences = pairs.compactMap { own, other -> (key: String, all: [Settings.Difference])? in
      guard let ours = own.settings, let theirs = other.settings else { return nil }
      return (own.key, ours.differences(from: theirs, leavingOut: ["checkpointEvery"]))
    }
    guard let first = differences.first else {
      return text.paragraph("How one of the two was trained is not known, so that no settings are compared.")
    }
    let common = first.all.filter { difference in differences.allSatisfy { $0.all.contains(difference) } }
    var table = DocumentTable(["Setting", left.title, right.title], alignments: [.left, .left, .left])
    for difference in common { table.add(["`\(difference.path)`", difference.ours, difference.theirs]) }
    text.table(table)
    text.list(
      differences.compactMap { key, all in
        let own = all.filter { !common.contains($0) }
        let texts = own.map { "`\($0.path)` \($0.ours), \(right.title): \($0.theirs)" }
        return own.isEmpty ? nil : "\(key): " + texts.joined(separator: "; ")
      })
    if differences.allSatisfy(\.all.isEmpty) { text.paragraph("No setting differs.") }
  }
}
