import Configuration
import Training

/// A row of a table of times: a method, and how its layers are run.
public struct TimingRow: Sendable {
  /// The name printed.
  public let label: String
  /// The published row that this one is compared with, or nil where the paper has none.
  public let published: String?
  /// What a reader should know about the row; empty where there is nothing.
  public let note: String
  /// How the layers are run, where they run forward only.
  public let weights: ForwardTimer.Weights
  let training: SpecificationNode

  static let keys = ["label", "published", "note", "method", "weights", "training"]

  /// The label in the form of selections.
  public var slug: String { Slug.text(of: label) }

  init(reading node: SpecificationNode, kind: TimingSpecification.Kind) throws {
    let row = try node.mapping(keys: Self.keys)
    label = try row.string("label")
    if let character = label.first(where: { "/*?()\"@".contains($0) }) {
      throw row.error("label", "label '\(label)' holds '\(character)', which selections and claims give a meaning to")
    }
    let published = try row.string("published", default: label)
    self.published = published == "none" ? nil : published
    note = try row.string("note", default: "")
    guard kind == .inference || !row.has("weights") else {
      throw row.error("weights", "'weights' says how a model runs that is not trained; remove it")
    }
    weights = try row.choice("weights", default: .unmerged)
    let own = try row.optionalNode("training")?.checkedMapping()
    try TimingScale.refuseSettings(of: own)
    let empty = SpecificationNode(.object([:]), at: node.place, path: node.path + ".training")
    training = (own ?? empty).setting("method", to: try row.requiredNode("method"))
  }
}
