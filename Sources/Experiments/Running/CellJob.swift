import Configuration
import Corpus
import Files
import Foundation

/// One run as a child process is told of it: a file `job.json` in the run's own folder.
public struct CellJob: Equatable, Sendable {
  /// What the run is.
  public var identity: CellIdentity
  /// The resolved training specification, checkpoints included.
  public var training: ResolvedValue
  /// The file that relative paths of the specification begin at.
  public var specificationFile: String
  /// Threads of the run.
  public var workers: Int
  /// The table, row, size and purpose that the run is made for.
  public var requestedFor: String

  static let fileName = "job.json"

  /// Creates a job.
  public init(
    identity: CellIdentity, training: ResolvedValue, specificationFile: String, workers: Int, requestedFor: String
  ) {
    self.identity = identity
    self.training = training
    self.specificationFile = specificationFile
    self.workers = workers
    self.requestedFor = requestedFor
  }

  /// Reads a job.
  ///
  /// - Throws: ``Diagnostic`` if the file is missing or is no job of this version.
  public init(file: String) throws {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw Diagnostic.file(file, .usage, "no such file; expected a job that 'reproduce' wrote")
    }
    let value = try ResolvedValue(json: data, file: file)
    guard value["cell"]?["format"]?.integerValue == RecordFormat.version,
      let identity = value["cell"].flatMap(CellIdentity.init(stored:)), let training = value["training"],
      CellSpecification(training: training, split: identity.specification.split) == identity.specification,
      let specificationFile = value["specificationFile"]?.stringValue, let workers = value["workers"]?.integerValue,
      workers >= 1
    else {
      throw Diagnostic.file(file, .data, "is no job of this version; run reproduce again, which writes it anew")
    }
    self.init(
      identity: identity, training: training, specificationFile: specificationFile, workers: workers,
      requestedFor: value["requestedFor"]?.stringValue ?? "")
  }

  /// Writes the job, and what the run is, into the run's folder.
  ///
  /// - Returns: the job's file.
  @discardableResult
  public func write(into folder: String) throws -> String {
    let file = "\(folder)/\(Self.fileName)"
    let value = ResolvedValue.object([
      "cell": identity.resolved, "training": training, "specificationFile": .string(specificationFile),
      "workers": .integer(workers), "requestedFor": .string(requestedFor),
    ])
    try AtomicFileWriter.write(value.prettyJSON.utf8, to: file)
    try AtomicFileWriter.write(identity.resolved.prettyJSON.utf8, to: "\(folder)/\(RecordFile.cell)")
    return file
  }

  /// The specification to read the run from; relative paths in it begin where they did in the table's file.
  public var specification: SpecificationNode {
    SpecificationNode(training, at: Diagnostic.Place(file: specificationFile), path: "")
  }

  /// Checks that the rows are those that the identity was made from.
  ///
  /// - Throws: ``Diagnostic`` if the data has changed since the run was planned.
  public func check(trainingRows: Digest, evaluationRows: Digest) throws {
    guard trainingRows == identity.trainingRows, evaluationRows == identity.evaluationRows else {
      throw Diagnostic(
        .data, "the data has changed since '\(identity.id)' was planned; run reproduce again, which plans it anew")
    }
  }
}
