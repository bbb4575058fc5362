import Configuration

extension TableRow {
  /// Reads a row.
  init(reading node: SpecificationNode) throws {
    let row = try node.mapping(keys: Self.keys)
    self.node = node
    label = try row.string("label")
    try Self.check(label, row)
    let published = try row.string("published", default: label)
    self.published = published == "none" ? nil : published
    note = try row.string("note", default: "")
    scales = try Self.scales(row)
    let method = try row.requiredNode("method")
    let own = try row.optionalNode("training")?.checkedMapping()
    if let own, let clash = try own.members().first(where: { ["method", "learningRate", "seed"].contains($0.key) }) {
      throw Diagnostic(
        .usage, at: clash.place,
        "'\(clash.key)' does not belong in a row's 'training'; the row's own keys and the scale set it")
    }
    let empty = SpecificationNode(.object([:]), at: node.place, path: node.path + ".training")
    training = (own ?? empty).setting("method", to: method)
    grids = try Self.grids(row, scales: scales)
    paperRate = try row.optionalNode("paperRate").map(PaperRate.init(reading:))
    origin = try row.optionalNode("startsFrom").map(Origin.init(reading:))
    let steps = try own?.members().first { $0.key == "steps" }?.value
    isOnlyEvaluated = (try? steps?.integer()) == 0
    if isOnlyEvaluated, let key = ["learningRates", "paperRate"].first(where: row.has) {
      throw row.error(key, "row '\(label)' makes no update, so that '\(key)' has no meaning; remove it")
    }
  }

  /// The characters that selections and claims give a meaning to.
  private static func check(_ label: String, _ row: SpecificationMapping) throws {
    if let character = label.first(where: { "/*?()\"".contains($0) }) {
      throw row.error("label", "label '\(label)' holds '\(character)', which selections and claims give a meaning to")
    }
    guard !Slug.text(of: label).isEmpty else { throw row.error("label", "a row needs a label with letters or digits") }
  }

  private static func scales(_ row: SpecificationMapping) throws -> [ScaleName] {
    guard let node = row.optionalNode("scales") else { return ScaleName.allCases }
    let known = ScaleName.allCases.map(\.rawValue)
    return try node.nonEmptyList().map { element in
      let word = try element.string()
      guard let scale = ScaleName(rawValue: word) else {
        throw element.error("unknown scale '\(word)'; " + Suggestion.clause(for: word, in: known))
      }
      return scale
    }
  }

  /// One list for every scale, or a mapping from scales to lists.
  private static func grids(_ row: SpecificationMapping, scales: [ScaleName]) throws -> [ScaleName: [Double]] {
    guard let node = row.optionalNode("learningRates") else { return [:] }
    guard node.isMapping else {
      let grid = try grid(node)
      return Dictionary(uniqueKeysWithValues: scales.map { ($0, grid) })
    }
    let mapping = try node.mapping(keys: scales.map(\.rawValue))
    return try scales.reduce(into: [:]) { grids, scale in
      grids[scale] = try mapping.optionalNode(scale.rawValue).map(grid)
    }
  }

  private static func grid(_ node: SpecificationNode) throws -> [Double] {
    let elements = try node.nonEmptyList()
    let rates = try elements.map { try $0.learningRate() }
    for (index, rate) in rates.enumerated().dropFirst() where rate <= rates[index - 1] {
      throw elements[index].error("learning rates must ascend; \(rate) follows \(rates[index - 1])")
    }
    return rates
  }
}

extension TableRow.PaperRate {
  init(reading node: SpecificationNode) throws {
    let rate = try node.mapping(keys: ["value", "source"])
    self.node = try rate.requiredNode("value")
    source = try rate.string("source")
    if (try? self.node.string().hasPrefix("$")) != true { _ = try self.node.learningRate() }
  }
}

extension TableRow.Origin {
  /// A row's label, or a mapping with the row and the one seed whose model all runs start from.
  init(reading node: SpecificationNode) throws {
    guard node.isMapping else {
      self.init(row: try node.string(), seed: nil, node: node)
      return
    }
    let origin = try node.mapping(keys: ["row", "seed"])
    let seed = origin.has("seed") ? UInt64(try origin.integer("seed")) : nil
    self.init(row: try origin.string("row"), seed: seed, node: try origin.requiredNode("row"))
  }
}

extension SpecificationNode {
  /// The value as a learning rate.
  func learningRate() throws -> Double {
    let rate = try number()
    guard rate.isFinite, rate > 0 else { throw error("a learning rate is \(rate); expected a number above 0") }
    return rate
  }
}
