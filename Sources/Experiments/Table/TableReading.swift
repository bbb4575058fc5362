import Configuration
import Foundation

extension TableSpecification {
  /// Reads a table and the files that it extends.
  ///
  /// Models, methods and data are checked when a cell is planned, since they depend on the scale.
  /// - Throws: ``Diagnostic`` at the first key that is missing, unknown, mistyped or impossible.
  public init(file: String) throws {
    let table = try SpecificationFile.read(file).mapping(keys: Self.keys)
    self.file = file
    name = try table.string("table")
    guard name == Slug.text(of: name), !name.isEmpty else {
      throw table.error("table", "'\(name)' names files; use lower case, digits and hyphens, such as 'table-2'")
    }
    version = try table.integer("version", in: 1...)
    title = try table.string("title")
    source = try table.string("source")
    let published = table.optionalNode("published")
    self.published = try published?.string()
    // A table that extends another inherits its published numbers from where they are.
    publishedFile = try published.map {
      (($0.file as NSString).deletingLastPathComponent as NSString).appendingPathComponent(
        "published/\(try $0.string())")
    }
    requirements = try ClaimRequirements(reading: table.optionalNode("requirements"))
    columns = try table.requiredNode("columns").nonEmptyList().map(TableColumn.init(reading:))
    training = try table.optionalNode("training")?.checkedMapping()
    try TableScale.refuseSettings(of: training)
    scales = try Self.scales(reading: table.requiredNode("scales"))
    rows = try table.requiredNode("rows").nonEmptyList().map { try TableRow(reading: $0) }
    claims = try table.optionalNode("claims")?.list().map(TableClaim.init(reading:)) ?? []
    notes = try table.optionalNode("notes")?.list().map { try $0.string() } ?? []
    repetitions = table.has("repetitions") ? try table.string("repetitions") : nil
    try checkLabels(of: table)
    try checkOrigins()
    try checkBudgets(of: table)
  }

  private static func scales(reading node: SpecificationNode) throws -> [TableScale] {
    let names = ScaleName.allCases.map(\.rawValue)
    _ = try node.mapping(keys: names)
    let scales = try node.members().compactMap { key, _, value in
      try ScaleName(rawValue: key).map { try TableScale($0, reading: value) }
    }
    guard !scales.isEmpty else {
      throw node.error("a table needs at least one scale; " + Suggestion.clause(for: "", in: names))
    }
    return scales
  }

  /// Labels name rows, sizes and claims: no two may be the same, in file names neither.
  private func checkLabels(of table: SpecificationMapping) throws {
    func check(_ slugs: [String], _ places: [SpecificationNode], _ what: String) throws {
      var seen: Set<String> = []
      for (slug, place) in zip(slugs, places) where !seen.insert(slug).inserted {
        throw place.error("two \(what) are called '\(slug)'; rename one")
      }
    }
    try check(rows.map(\.slug), table.requiredNode("rows").list(), "rows")
    try check(claims.map(\.id), table.optionalNode("claims")?.list() ?? [], "claims")
    for (_, _, scale) in try table.requiredNode("scales").members() {
      let memory = try scale.members().first { $0.key == "memory" }?.value
      for holder in [scale, memory].compactMap(\.self) {
        let sizes = try holder.members().first { $0.key == "sizes" }?.value.list() ?? []
        try check(sizes.map { Slug.text(of: try $0.label()) }, sizes, "sizes")
      }
    }
  }

  /// A row stands below the one that it starts from, so that none starts from itself in the end.
  private func checkOrigins() throws {
    for (index, row) in rows.enumerated() {
      guard let origin = row.origin else { continue }
      guard let other = rows[..<index].first(where: { $0.label == origin.row }) else {
        throw origin.node.error(
          "no row above '\(row.label)' is called '\(origin.row)'; "
            + Suggestion.clause(for: origin.row, in: rows[..<index].map(\.label)))
      }
      let offered = row.scales.filter(scales.map(\.name).contains)
      guard let scale = offered.first(where: { !other.scales.contains($0) }) else { continue }
      throw origin.node.error(
        "row '\(other.label)' does not run at scale '\(scale.rawValue)', where '\(row.label)' starts from it")
    }
  }

  /// Every method gets the same number of learning rates, or the comparison is not one of methods.
  private func checkBudgets(of table: SpecificationMapping) throws {
    let nodes = try table.requiredNode("rows").list()
    for scale in scales where scale.search != nil {
      var first: (label: String, count: Int)?
      for (row, node) in zip(rows, nodes) where row.scales.contains(scale.name) && !row.isOnlyEvaluated {
        let count = row.learningRates(at: scale.name).count
        guard count > 0 else {
          throw node.error("row '\(row.label)' has no 'learningRates' for the search at scale '\(scale.name.rawValue)'")
        }
        guard let first else {
          first = (row.label, count)
          continue
        }
        guard count == first.count else {
          throw node.error(
            "row '\(row.label)' tries \(count) learning rates at scale '\(scale.name.rawValue)', "
              + "but row '\(first.label)' tries \(first.count); give every row the same number")
        }
      }
    }
  }
}

extension ClaimRequirements {
  static let keys = ["tokensPerParameter", "seeds"]

  init(reading node: SpecificationNode?) throws {
    guard let requirements = try node?.mapping(keys: Self.keys) else {
      (tokensPerParameter, seeds) = (0, 1)
      return
    }
    tokensPerParameter = try requirements.number("tokensPerParameter", default: 0, in: 0...)
    seeds = try requirements.integer("seeds", default: 1, in: 1...)
  }
}

extension TableColumn {
  init(reading node: SpecificationNode) throws {
    let column = try node.mapping(keys: ["metric", "label"])
    metric = try column.choice("metric")
    label = try column.string("label")
  }
}

extension TableClaim {
  init(reading node: SpecificationNode) throws {
    let claim = try node.mapping(keys: ["id", "statement", "source", "test", "sizes", "inAbstract"])
    id = try claim.string("id")
    statement = try claim.string("statement")
    source = try claim.string("source")
    test = try claim.string("test")
    testPlace = try claim.requiredNode("test").place
    sizes = try claim.optionalNode("sizes")?.nonEmptyList().map { try $0.string() } ?? []
    isInAbstract = try claim.bool("inAbstract", default: false)
  }
}

extension SpecificationNode {
  /// The value as a list that holds something.
  func nonEmptyList() throws -> [SpecificationNode] {
    let elements = try list()
    guard !elements.isEmpty else { throw error("'\(path)' is empty; expected at least one") }
    return elements
  }

  /// The value itself, if it is a mapping.
  func checkedMapping() throws -> SpecificationNode {
    _ = try members()
    return self
  }

  /// The mapping's label.
  func label() throws -> String { try members().first { $0.key == "label" }?.value.string() ?? "" }
}
