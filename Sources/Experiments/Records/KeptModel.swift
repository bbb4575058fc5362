import Configuration
import Files
import Foundation
import Modeling
import Training

/// The final model of a run, kept in the run's folder for the runs that start from it and for those who look into it.
///
/// It is a folder `model` as ``HuggingFaceCheckpoint`` writes it, and in it a file that says whose it is and the digest of
/// its tensors: without that file there is no model. A model is never published; one that is missing is trained again.
public struct KeptModel: Sendable {
  /// The model's folder.
  public let folder: String

  private static let noteName = "kept.json"
  private var note: String { "\(folder)/\(Self.noteName)" }

  /// The place of a run's model; nothing is read or written yet.
  public init(runFolder: String) { folder = "\(runFolder)/model" }

  /// The digest of the model's tensors; nil where there is no model, or another than was written.
  ///
  /// - Throws: ``Diagnostic`` if a file cannot be read.
  public func digest() throws -> Digest? {
    guard let data = FileManager.default.contents(atPath: note),
      let written = try ResolvedValue(json: data, file: note)["digest"]?.stringValue.flatMap(Digest.init(hexadecimal:)),
      let found = try? checkpoint().digest(), found == written
    else { return nil }
    return found
  }

  /// The model, opened.
  ///
  /// - Throws: ``Diagnostic`` naming the file and what is wrong or missing.
  public func checkpoint() throws -> HuggingFaceCheckpoint { try HuggingFaceCheckpoint(folder) }

  /// Keeps a model: whole, or not at all.
  ///
  /// - Throws: ``Diagnostic`` if it cannot be written, or has no dense weights.
  func write(_ model: LlamaModel, of run: TrainingSpecification, id: String) throws {
    try AtomicFileWriter.makeFolder(folder)
    unlink(note)
    try HuggingFaceCheckpoint.export(
      model: model, methodName: run.methodName, methodOptions: run.resolved["method"], to: folder)
    let members = ["cell": id, "digest": try checkpoint().digest().hexadecimal]
    try AtomicFileWriter.write(
      ResolvedValue.object(members.mapValues(ResolvedValue.string)).prettyJSON.utf8, to: note)
  }

  /// Takes the model of another folder of the same run.
  ///
  /// - Throws: ``Diagnostic`` if the folder cannot be moved.
  func take(from other: KeptModel) throws {
    try? FileManager.default.removeItem(atPath: folder)
    guard rename(other.folder, folder) == 0 else {
      throw Diagnostic.file(folder, .cannotWrite, "cannot be written: \(String(cString: strerror(errno)))")
    }
  }
}
