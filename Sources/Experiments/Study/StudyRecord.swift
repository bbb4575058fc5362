import Configuration
import Files
import Foundation
import Tensors

/// What a study gave, as it is stored: `figure-12.json`.
public struct StudyRecord: Equatable, Sendable {
  /// What was studied.
  public var kind: StudySpecification.Kind
  /// All numbers of the study, defaults filled in.
  public var numbers: ResolvedValue
  /// The version of the arithmetic; nil in a record from before it was kept.
  public var numerics: Int?
  /// What came out.
  public var result: StudyResult
  /// What the numbers hang on beside the study: the arithmetic, the allocator.
  public var circumstances: String

  /// Creates the record of a study that was made by this program.
  public init(
    kind: StudySpecification.Kind, numbers: ResolvedValue, result: StudyResult, circumstances: String,
    numerics: Int? = Numerics.version
  ) {
    self.kind = kind
    self.numbers = numbers
    self.result = result
    self.circumstances = circumstances
    self.numerics = numerics
  }

  /// Reads a record, or gives nil where there is no file.
  ///
  /// - Throws: ``Diagnostic`` if the file is damaged.
  public init?(contentsOf path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    let value = try ResolvedValue(json: data, file: path)
    guard let kind = value["study"]?.stringValue.flatMap(StudySpecification.Kind.init(rawValue:)),
      let numbers = value["numbers"], let result = value["result"].flatMap(StudyResult.init(resolved:)),
      let circumstances = value["circumstances"]?.stringValue
    else {
      throw Diagnostic.file(path, .data, "is no record of a study, or a damaged one; delete it and run reproduce again")
    }
    self.init(
      kind: kind, numbers: numbers, result: result, circumstances: circumstances,
      numerics: value["numerics"]?.integerValue)
  }

  /// Writes the record, whole or not at all.
  ///
  /// - Throws: ``Diagnostic`` if the file cannot be written.
  public func write(to path: String) throws {
    var members: [String: ResolvedValue] = [
      "study": .string(kind.rawValue), "numbers": numbers, "result": result.resolved,
      "circumstances": .string(circumstances),
    ]
    members["numerics"] = numerics.map(ResolvedValue.integer)
    try AtomicFileWriter.write(ResolvedValue.object(members).prettyJSON.utf8, to: path)
  }

  /// Whether the record answers a study of this version of the program.
  public func answers(_ kind: StudySpecification.Kind, _ study: any Study) -> Bool {
    self.kind == kind && numbers == study.resolved && numerics == Numerics.version
  }
}
