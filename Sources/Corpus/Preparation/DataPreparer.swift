import Configuration
import Foundation
import Tensors

/// Turns a data specification into rows: fetches, extracts, trains a tokenizer, tokenises, and keeps each result under
/// a cache root, so that the next call takes milliseconds.
///
/// Several processes may prepare at once: one works, the others wait for its result.
public struct DataPreparer: Sendable {
  /// The folder that everything is kept in.
  public let cacheRoot: String
  let environment: [String: String]
  let workers: Workers
  let ledger: DigestLedger
  let downloads: Downloads
  let report: @Sendable (PreparationEvent) -> Void

  /// Creates a preparer.
  ///
  /// - Parameters:
  ///   - cacheRoot: The folder for downloads, documents, tokenizers and tokens; it is made where it is missing.
  ///   - workers: Threads for tokenising; the result is the same for any number.
  ///   - environment: What `${NAME}` stands for in paths.
  ///   - progress: Gets events as they come, from the caller's thread.
  public init(
    cacheRoot: String, workers: Int = 1, environment: [String: String] = ProcessInfo.processInfo.environment,
    progress: @escaping @Sendable (PreparationEvent) -> Void = { _ in }
  ) {
    self.init(
      cacheRoot: cacheRoot, workers: workers, environment: environment, runner: .system, progress: progress)
  }

  /// Creates a preparer that fetches with another runner.
  package init(
    cacheRoot: String, workers: Int = 1, environment: [String: String], runner: CommandRunner,
    progress: @escaping @Sendable (PreparationEvent) -> Void = { _ in }
  ) {
    self.cacheRoot = cacheRoot
    self.environment = environment
    self.workers = Workers(workers)
    report = progress
    ledger = DigestLedger(cacheRoot: cacheRoot)
    downloads = Downloads(cacheRoot: cacheRoot, ledger: ledger, runner: runner) { progress(.message($0)) }
  }

  /// What the data depends on: pins, reading, cleaning, shares, tokenizer, packing, length and the format's version.
  ///
  /// Nothing is fetched or built for it. Local folders, model files and files of ids count with the digests of what is
  /// in them now; a download counts with its pin.
  ///
  /// - Throws: ``Diagnostic`` if a local file is missing.
  public func identity(of specification: DataSpecification) throws -> ResolvedValue {
    var identity: [String: ResolvedValue] = [
      "format": .integer(CorpusFormat.version), "sequenceLength": .integer(specification.sequenceLength),
    ]
    switch specification.origin {
    case .corpus(let corpus, let tokenizer, let packing):
      identity["corpus"] = try self.identity(of: corpus)
      identity["tokenizer"] = try self.identity(of: tokenizer)
      identity["packing"] = .string(packing.rawValue)
    case .tokens(let tokens):
      let paths = [tokens.path] + (tokens.validationPath.map { [$0] } ?? [])
      let digests = try paths.map { try ledger.digest(ofFile: $0.expanded(environment)).hexadecimal }
      identity["tokens"] = .array(digests.map { .string($0) })
      identity["width"] = .integer(tokens.width)
      identity["vocabularySize"] = .integer(tokens.vocabularySize)
      identity["splits"] = tokens.shares.resolved
    }
    return .object(identity)
  }

  /// Makes the data ready.
  ///
  /// - Throws: ``Diagnostic`` `.unavailable` if something cannot be fetched, `.data` if a file is damaged, foreign or
  ///   does not
  ///   fit, `.cannotWrite` if the cache cannot be written.
  public func prepare(_ specification: DataSpecification) throws -> PreparedData {
    let identity = try identity(of: specification)
    switch specification.origin {
    case .corpus(let corpus, let tokenizer, let packing):
      do {
        return try prepare(specification, identity, corpus, tokenizer, packing)
      } catch let fault as Diagnostic where fault.kind == .data && isOfDocuments(fault) {
        // The documents are known to be damaged only when they are read; the sources give them again.
        report(.message("\(fault.place?.file ?? corpus.name): \(fault.message); the corpus is read anew"))
        try forgetDocuments(fault)
        return try prepare(specification, identity, corpus, tokenizer, packing)
      }
    case .tokens(let tokens):
      return try prepare(specification, identity, tokens)
    }
  }

  private func identity(of corpus: CorpusSpecification) throws -> ResolvedValue {
    var identity = corpus.identity
    var contents: [ResolvedValue] = []
    for source in corpus.sources {
      guard case .folder(let location) = source.location else { continue }
      let files = try SourceSpecification.files(in: location, environment: environment, key: source.reader.text)
      contents += try files.map { .array([.string($0.name), .string(try ledger.digest(ofFile: $0.path).hexadecimal)]) }
    }
    if !contents.isEmpty { identity["contents"] = .array(contents) }
    return identity
  }

  private func identity(of tokenizer: TokenizerSpecification) throws -> ResolvedValue {
    switch tokenizer {
    case .trained(let size, let megabytes):
      return .object([
        "vocabularySize": .integer(size), "sampleMegabytes": .integer(megabytes),
        "options": .object(TokenizerTraining.options.mapValues { .string($0) }),
      ])
    case .file(let path):
      return .object(["sha256": .string(try ledger.digest(ofFile: path.expanded(environment)).hexadecimal)])
    case .wheel(let pin, let member):
      return .object(["wheel": .string(pin.sha256.hexadecimal), "member": .string(member)])
    }
  }
}
