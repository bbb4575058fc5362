import Configuration
import Files
import Foundation

extension RecordStore {
  private static let predictions = "predictions"

  /// Where the predictions are: one file a run, named like its record but for the data, which memory does not depend on.
  public var predictionsFolder: String { "\(root)/\(Self.predictions)" }

  /// Where the prediction of a run is kept, relative to the scale's folder.
  public static func predictionPath(of specification: CellSpecification) -> String {
    "\(predictions)/\(specification.slug)-\(specification.digest.prefix(12)).json"
  }

  private func predictionFile(of specification: CellSpecification) -> String {
    "\(root)/\(Self.predictionPath(of: specification))"
  }

  /// Keeps a prediction, in the place of an older one; what is kept already is not written again.
  ///
  /// - Throws: ``Diagnostic`` if the file cannot be written.
  public func keep(_ recorded: RecordedPrediction, of specification: CellSpecification) throws {
    var members: [String: ResolvedValue] = [
      "format": .integer(RecordFormat.version), "training": specification.training,
      "peakBytes": .object(recorded.prediction.peakBytes.mapValues(ResolvedValue.integer)),
    ]
    members["tooLargeFor"] = recorded.tooLargeFor.map(ResolvedValue.integer)
    let text = ResolvedValue.object(members).prettyJSON
    let file = predictionFile(of: specification)
    guard FileManager.default.contents(atPath: file) != Data(text.utf8) else { return }
    try AtomicFileWriter.write(text.utf8, to: file)
  }

  /// The prediction that is kept of a run, or nil if there is none.
  ///
  /// - Throws: ``Diagnostic`` if the file is damaged.
  public func prediction(of specification: CellSpecification) throws -> RecordedPrediction? {
    let file = predictionFile(of: specification)
    guard let data = FileManager.default.contents(atPath: file) else { return nil }
    let value = try ResolvedValue(json: data, file: file)
    guard value["format"]?.integerValue == RecordFormat.version, value["training"] == specification.training,
      let peaks = value["peakBytes"]?.objectValue?.compactMapValues(\.integerValue), peaks["total"] != nil
    else { throw Diagnostic.file(file, .data, "is no prediction of the run that it is named for; delete it") }
    return RecordedPrediction(MemoryPrediction(peakBytes: peaks), tooLargeFor: value["tooLargeFor"]?.integerValue)
  }
}
