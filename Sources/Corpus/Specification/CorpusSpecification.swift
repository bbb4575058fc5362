import Configuration
import Foundation

/// A corpus as its YAML file describes it: sources, splits, duplicates.
public struct CorpusSpecification: Equatable, Sendable {
  /// The file's name without its ending.
  public var name: String
  /// The file, for messages and as the start of relative paths.
  public var file: String
  /// One sentence for lists.
  public var description: String
  /// The shares that are held out of files that name no split of their own.
  public var shares: SplitShares
  /// Whether a document whose text has been seen before is dropped.
  public var dropsDuplicates: Bool
  /// The sources, in reading order.
  public var sources: [SourceSpecification]

  /// Reads a corpus file strictly.
  ///
  /// - Throws: ``Diagnostic`` with file, line and column.
  public init(file: String) throws {
    let mapping = try SpecificationNode(file: file).mapping(
      keys: ["description", "splits", "dropDuplicates", "sources"])
    name = ((file as NSString).lastPathComponent as NSString).deletingPathExtension
    self.file = file
    description = try mapping.string("description")
    shares = try mapping.optionalNode("splits").map(SplitShares.init(reading:)) ?? SplitShares(tuning: 0, validation: 0)
    dropsDuplicates = try mapping.bool("dropDuplicates", default: true)
    let node = try mapping.requiredNode("sources")
    sources = try node.list().map(SourceSpecification.init(reading:))
    guard !sources.isEmpty else { throw node.error("a corpus needs at least one source") }
  }

  /// The corpora in a folder, by name.
  ///
  /// - Throws: ``Diagnostic`` `.usage` if the folder cannot be read.
  public static func names(in folder: String) throws -> [String] {
    guard let files = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw Diagnostic.file(folder, .usage, "no such folder; expected the folder of corpus specifications")
    }
    return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
  }

  /// The corpus of a name in a folder; the folder is empty where there is no project.
  ///
  /// - Throws: ``Diagnostic`` `.usage` naming the known ones if there is none of this name.
  public init(named name: String, in folder: String, at place: Diagnostic.Place? = nil) throws {
    guard !folder.isEmpty else {
      throw Diagnostic(
        .usage, at: place,
        "corpus '\(name)' is a name of the project's, and no folder here or above has 'experiments'; run this from the "
          + "project's folder, or give the path of a corpus's YAML file")
    }
    let known = try Self.names(in: folder)
    guard known.contains(name) else {
      throw Diagnostic(.usage, at: place, "unknown corpus '\(name)'; \(Suggestion.clause(for: name, in: known))")
    }
    try self.init(file: "\(folder)/\(name).yaml")
  }

  /// What the corpus's documents depend on, as far as the specification pins it.
  var identity: ResolvedValue {
    .object([
      "format": .integer(CorpusFormat.version), "dropDuplicates": .bool(dropsDuplicates),
      "splits": shares.resolved, "sources": .array(sources.map(\.identity)),
    ])
  }
}

extension SplitShares {
  /// Reads `{tuning, validation}`.
  init(reading node: SpecificationNode) throws {
    let mapping = try node.mapping(keys: ["tuning", "validation"])
    tuning = try mapping.number("tuning", default: 0, in: 0.0...0.5)
    validation = try mapping.number("validation", default: 0, in: 0.0...0.5)
    guard tuning + validation < 1 else { throw node.error("'tuning' and 'validation' leave nothing to train on") }
  }

  var resolved: ResolvedValue { .object(["tuning": .number(tuning), "validation": .number(validation)]) }
}
