import Configuration

/// The scales that a table may offer.
public enum ScaleName: String, CaseIterable, Sendable {
  /// For continuous integration and a first look: at most a minute.
  case smoke
  /// The default: at most a quarter of an hour.
  case quick
  /// A result worth quoting: several seeds, at most two hours.
  case desktop
  /// The published configuration.
  case paper
}

extension ScaleName {
  /// The scale of a word, `quick` where there is none.
  ///
  /// - Throws: ``Diagnostic`` that lists the scales.
  public init(_ word: String?) throws {
    let word = word ?? ScaleName.quick.rawValue
    guard let scale = ScaleName(rawValue: word) else {
      let known = ScaleName.allCases.map(\.rawValue)
      throw Diagnostic(.usage, "unknown scale '\(word)'; \(Suggestion.clause(for: word, in: known))")
    }
    self = scale
  }
}

/// A scale of a table: which sizes it trains, how long, with which seeds.
public struct TableScale: Sendable {
  /// How the learning rate is searched.
  public struct Search: Equatable, Sendable {
    /// The length of a search run, as a share of the final run's steps.
    public let share: Double
  }

  /// Whether a table's cells are trained without being asked for.
  public enum Train: String, CaseIterable, Sendable {
    /// They are.
    case always
    /// Only where the user asks for it; parameters and memory are counted from the shapes alone.
    case onRequest = "on-request"
    /// Never: all that is asked of them is counted from the shapes, so that they need a model and a method and no more.
    case never
  }

  /// The scale's name.
  public let name: ScaleName
  /// What the scale is good for, in a sentence.
  public let description: String
  /// Whether the cells are trained without being asked for.
  public let train: Train
  /// The seeds of the final runs; the search uses the first. None where nothing is trained.
  public let seeds: [UInt64]
  /// How the learning rate is searched, or nil where the paper's rate is taken.
  public let search: Search?
  /// How many of the seeds get a final run at the paper's own rate as well, where it is not the one chosen.
  public let paperRateSeeds: Int
  /// Cells that run side by side unless the user says otherwise.
  public let jobs: Int
  /// Threads of each cell.
  public let workers: Int
  /// The sizes, in the order printed; none of a scale that only measures.
  public let sizes: [TableSize]
  /// The cells whose memory is measured, or nil where the scale has none.
  public let memory: TableMeasurement?
  /// The scale's layer of the training specification.
  let training: SpecificationNode?

  static let keys = [
    "description", "train", "seeds", "search", "paperRateSeeds", "jobs", "workers", "training", "sizes", "memory",
  ]
}

/// Cells of a scale that make a few updates to measure something, beside those that are trained for their perplexity.
///
/// Every row runs at each of its sizes, once: with the row's paper rate or its first, and the scale's first seed.
public struct TableMeasurement: Sendable {
  /// The sizes, in the order printed.
  public let sizes: [TableSize]
  /// The measurement's layer of the training specification, in the place of the scale's.
  let training: SpecificationNode?

  static let keys = ["training", "sizes"]
}

/// A size of the model at a scale: a group of columns of the table.
public struct TableSize: Sendable {
  /// The name printed: `60M proxy`.
  public let label: String
  /// The published group of columns that this one stands for, or nil.
  public let published: String?
  /// The values that `$name` stands for.
  let variables: [String: SpecificationNode]
  /// The size's layer of the training specification: model, steps, batch.
  let training: SpecificationNode?

  static let keys = ["label", "published", "variables", "training"]

  /// The label in the form of file names and selections: `60m-proxy`.
  public var slug: String { Slug.text(of: label) }

  /// The variables, resolved: rank, density and whatever else the rows refer to.
  public var resolvedVariables: [String: ResolvedValue] { variables.mapValues(\.resolved) }
}

/// Labels in the form of file names.
package enum Slug {
  /// Lower case, with every run of other characters than letters, digits and points as one hyphen.
  package static func text(of label: String) -> String {
    label.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".")) }.joined(separator: "-")
  }
}
