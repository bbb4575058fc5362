import Configuration

extension TableScale {
  /// Reads a scale.
  init(_ name: ScaleName, reading node: SpecificationNode) throws {
    let scale = try node.mapping(keys: Self.keys)
    self.name = name
    description = try scale.string("description", default: "")
    train = try scale.choice("train", default: .always)
    memory = try scale.optionalNode("memory").map(TableMeasurement.init(reading:))
    // A scale may consist of measurements alone.
    let trainsSizes = train != .never && (scale.has("sizes") || memory == nil)
    if !trainsSizes, let key = ["seeds", "search", "paperRateSeeds"].first(where: scale.has) {
      throw scale.error(key, "'\(key)' has no meaning in a scale that trains no sizes; remove it")
    }
    seeds = trainsSizes ? try Self.seeds(scale) : []
    search = try Self.search(scale)
    paperRateSeeds = try scale.integer("paperRateSeeds", default: seeds.count, in: 0...seeds.count)
    jobs = try scale.integer("jobs", default: 1, in: 1...64)
    workers = try scale.integer("workers", default: 1, in: 1...64)
    let hasSizes = scale.has("sizes") || memory == nil
    sizes = hasSizes ? try scale.requiredNode("sizes").nonEmptyList().map(TableSize.init(reading:)) : []
    training = try scale.optionalNode("training")?.checkedMapping()
    try Self.refuseSettings(of: training)
  }

  private static func seeds(_ scale: SpecificationMapping) throws -> [UInt64] {
    var seeds: [UInt64] = []
    for node in try scale.requiredNode("seeds").nonEmptyList() {
      let seed = try node.integer()
      guard seed >= 0 else { throw node.error("a seed is \(seed); expected 0 or more") }
      guard !seeds.contains(UInt64(seed)) else { throw node.error("seed \(seed) is given twice") }
      seeds.append(UInt64(seed))
    }
    return seeds
  }

  /// `none`, or how long a run of the search is.
  private static func search(_ scale: SpecificationMapping) throws -> Search? {
    guard let node = scale.optionalNode("search") else { return nil }
    if node.isScalar {
      guard try node.string() == "none" else {
        throw node.error("'\(node.path)' must be 'none' or a mapping with 'share'")
      }
      return nil
    }
    let search = try node.mapping(keys: ["share"])
    let share = try search.number("share", in: 0...1)
    guard share > 0 else { throw search.error("share", "'share' is 0; expected a share of the steps, such as 0.25") }
    return Search(share: share)
  }

  /// What planning sets itself cannot be written into a layer that every cell shares.
  static func refuseSettings(of training: SpecificationNode?) throws {
    for (key, place, _) in try training?.members() ?? [] where ["learningRate", "seed"].contains(key) {
      let owner = key == "seed" ? "a scale's 'seeds'" : "a row's 'learningRates' and 'paperRate'"
      throw Diagnostic(.usage, at: place, "'\(key)' does not belong in 'training'; \(owner) set it")
    }
  }
}

extension TableMeasurement {
  /// Reads a measurement.
  init(reading node: SpecificationNode) throws {
    let measurement = try node.mapping(keys: Self.keys)
    sizes = try measurement.requiredNode("sizes").nonEmptyList().map(TableSize.init(reading:))
    training = try measurement.optionalNode("training")?.checkedMapping()
    try TableScale.refuseSettings(of: training)
  }
}

extension TableSize {
  /// Reads a size.
  init(reading node: SpecificationNode) throws {
    let size = try node.mapping(keys: Self.keys)
    label = try size.string("label")
    guard !Slug.text(of: label).isEmpty, !label.contains("/") else {
      throw size.error("label", "label '\(label)' must hold letters or digits and no slash")
    }
    published = size.has("published") ? try size.string("published") : nil
    variables = try size.optionalNode("variables")?.members().reduce(into: [:]) { $0[$1.key] = $1.value } ?? [:]
    training = try size.optionalNode("training")?.checkedMapping()
    try TableScale.refuseSettings(of: training)
  }
}
