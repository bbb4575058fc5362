import Configuration
import Corpus
import Files
import Foundation
import Training

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
  /// The folder of the run whose final model this one starts from; nil where the seed decides.
  public var startFolder: String?
  /// Whether the final model is kept in the run's folder.
  public var keepsModel: Bool

  static let fileName = "job.json"

  /// Creates a job.
  public init(
    identity: CellIdentity, training: ResolvedValue, specificationFile: String, workers: Int, requestedFor: String,
    startFolder: String? = nil, keepsModel: Bool = false
  ) {
    precondition((identity.start == nil) == (startFolder == nil), "a run starts from the final model of its identity")
    self.identity = identity
    self.startFolder = startFolder
    self.keepsModel = keepsModel
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
      CellSpecification(
        training: training, split: identity.specification.split, start: identity.specification.start)
        == identity.specification,
      let specificationFile = value["specificationFile"]?.stringValue, let workers = value["workers"]?.integerValue,
      workers >= 1, (identity.start == nil) == (value["startFolder"]?.stringValue == nil)
    else {
      throw Diagnostic.file(file, .data, "is no job of this version; run reproduce again, which writes it anew")
    }
    self.init(
      identity: identity, training: training, specificationFile: specificationFile, workers: workers,
      requestedFor: value["requestedFor"]?.stringValue ?? "", startFolder: value["startFolder"]?.stringValue,
      keepsModel: value["keepsModel"] == .bool(true))
  }

  /// Writes the job, and what the run is, into the run's folder.
  ///
  /// - Returns: the job's file.
  @discardableResult
  public func write(into folder: String) throws -> String {
    let file = "\(folder)/\(Self.fileName)"
    var members: [String: ResolvedValue] = [
      "cell": identity.resolved, "training": training, "specificationFile": .string(specificationFile),
      "workers": .integer(workers), "requestedFor": .string(requestedFor), "keepsModel": .bool(keepsModel),
    ]
    members["startFolder"] = startFolder.map(ResolvedValue.string)
    try AtomicFileWriter.write(ResolvedValue.object(members).prettyJSON.utf8, to: file)
    try AtomicFileWriter.write(identity.resolved.prettyJSON.utf8, to: "\(folder)/\(RecordFile.cell)")
    return file
  }

  /// The specification to read the run from; relative paths in it begin where they did in the table's file.
  public var specification: SpecificationNode {
    SpecificationNode(training, at: Diagnostic.Place(file: specificationFile), path: "")
  }

  /// The final model that the run starts from, and the digest of its tensors; nil where the seed decides.
  ///
  /// - Throws: ``Diagnostic`` if the model is not there as it was kept.
  func start() throws -> (checkpoint: HuggingFaceCheckpoint, digest: Digest)? {
    guard let startFolder else { return nil }
    let model = KeptModel(runFolder: startFolder)
    guard let digest = try model.digest() else {
      throw Diagnostic.file(
        model.folder, .data, "holds no final model, or a damaged one; run reproduce again, which trains it again")
    }
    return (try model.checkpoint(), digest)
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
