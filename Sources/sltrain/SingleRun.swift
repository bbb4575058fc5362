import Configuration
import Corpus
import Foundation
import Modeling
import Training

/// One run of the command line with its data ready: a specification as it is written, or with files of token ids in the
/// place of its data.
struct SingleRun {
  /// The run.
  let run: TrainingSpecification
  /// What is trained on.
  let train: any TokenRows
  /// What is evaluated on at the end, if anything.
  let evaluation: (any TokenRows)?

  /// Reads the specification and prepares its data.
  ///
  /// - Throws: `Diagnostic` at what is wrong in the specification, or naming the file of ids that does not fit.
  init(
    specification: String, tokens: String?, validationTokens: String?, tokenBytes: Int?, isQuiet: Bool = false
  ) throws {
    var node = try SpecificationNode(file: specification)
    let project = try? ProjectFolder()
    let models = try ModelCatalogue(folder: project?.models ?? "")
    if let tokens {
      node = try Self.replacingData(
        of: node, models: models, tokens: tokens, validationTokens: validationTokens, tokenBytes: tokenBytes)
    } else if validationTokens != nil || tokenBytes != nil {
      throw Diagnostic(.usage, "--validation-tokens and --token-bytes go with --tokens")
    }
    run = try TrainingSpecification(
      reading: node.mapping(keys: TrainingSpecification.keys), models: models, corporaFolder: project?.corpora ?? "")
    let cache = project?.data ?? FileManager.default.temporaryDirectory.path + "/sltrain"
    let data = try DataPreparer(
      cacheRoot: cache, workers: ProcessInfo.processInfo.activeProcessorCount,
      progress: PreparationPrinter(isQuiet: isQuiet).print
    ).prepare(run.data)
    train = data.train
    evaluation = data.validation.rowCount > 0 ? data.validation : nil
  }

  /// Whether a file holds the specification of a single run, and not of a table or a figure.
  ///
  /// - Throws: `Diagnostic` if the file cannot be read.
  static func isDescribed(by file: String) throws -> Bool {
    guard file.hasSuffix(".yaml") else { return false }
    let keys = try SpecificationNode(file: file).members().map(\.key)
    return keys.contains("model") && !keys.contains { ["table", "figure", "extends"].contains($0) }
  }

  /// Reads the specification of a run whose data are not needed: with a length of rows alone it stands for one on files
  /// of token ids.
  ///
  /// - Throws: `Diagnostic` at what is wrong in it.
  static func specificationWithoutData(_ file: String) throws -> TrainingSpecification {
    var node = try SpecificationNode(file: file)
    let project = try? ProjectFolder()
    let models = try ModelCatalogue(folder: project?.models ?? "")
    let data = try node.members().first { $0.key == "data" }
    if try data?.value.members().map(\.key) == ["sequenceLength"] {
      node = try replacingData(of: node, models: models, tokens: "tokens.bin", validationTokens: nil, tokenBytes: 4)
    }
    return try TrainingSpecification(
      reading: node.mapping(keys: TrainingSpecification.keys), models: models, corporaFolder: project?.corpora ?? "")
  }

  /// The specification with files of ids as its data; all rows of the file are trained on.
  private static func replacingData(
    of node: SpecificationNode, models: ModelCatalogue, tokens: String, validationTokens: String?, tokenBytes: Int?
  ) throws -> SpecificationNode {
    let run = try node.mapping(keys: TrainingSpecification.keys)
    let vocabulary = try models.model(reading: run.requiredNode("model")).model.vocabularySize
    guard let length = try run.requiredNode("data").members().first(where: { $0.key == "sequenceLength" }) else {
      throw run.error("data", "missing key 'sequenceLength' in 'data': the tokens of a row")
    }
    let width = try tokenBytes ?? TokenFileSpecification.likelyWidth(path: tokens, vocabularySize: vocabulary)
    if let validationTokens, tokenBytes == nil {
      let other = try TokenFileSpecification.likelyWidth(path: validationTokens, vocabularySize: vocabulary)
      guard other == width else {
        throw Diagnostic.file(
          validationTokens, .data,
          "seems to have \(other) bytes an id and \(tokens) has \(width); write both alike, or say --token-bytes")
      }
    }
    let validation = validationTokens.map { "validationTokens: \(quoted($0))," } ?? ""
    let data = """
      data: {tokens: \(quoted(tokens)), \(validation) vocabularySize: \(vocabulary), width: \(width), \
      splits: {tuning: 0, validation: 0}, sequenceLength: \(try length.value.integer())}
      """
    return node.replacingMembers(by: try SpecificationNode(text: data, file: "--tokens"))
  }

  private static func quoted(_ path: String) -> String {
    ResolvedValue.string(URL(fileURLWithPath: path).path).canonicalJSON
  }
}
