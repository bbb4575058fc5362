import ArgumentParser
import Configuration
import Corpus
import Foundation

/// Fetches and prepares a corpus, and shows what is in it.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Prepare a corpus and print what it holds, with some rows as the model sees them.")

  @Argument(help: "A corpus under experiments/corpora/, by name, or a path to a YAML file.")
  var corpus: String = "english-mix"

  @Option(help: "Pieces of the tokenizer's vocabulary, 1000 to 32000.")
  var vocabularySize: Int = 1024

  @Option(help: "document (one document a row) or packed.")
  var packing: String = "document"

  @Option(help: "Tokens of a row.")
  var sequenceLength: Int = 256

  @Option(help: "Rows to print.")
  var rows: Int = 3

  func validate() throws {
    guard rows >= 0 else { throw ValidationError("--rows must be 0 or more") }
  }

  func run() throws {
    let project = try ProjectFolder()
    let text = """
      {corpus: \(corpus), tokenizer: {vocabularySize: \(vocabularySize)}, packing: \(packing), \
      sequenceLength: \(sequenceLength)}
      """
    let specification = try DataSpecification(
      reading: SpecificationNode(text: text, file: "the command line"), corporaFolder: project.corpora)
    let preparer = DataPreparer(
      cacheRoot: project.data, workers: ProcessInfo.processInfo.activeProcessorCount,
      progress: PreparationPrinter().print)
    let data = try preparer.prepare(specification)
    data.describe.forEach { print($0) }
    guard let tokenizer = try data.tokenizer() else { return }
    for row in 0..<min(rows, data.train.rowCount) {
      let ids = [Int32](unsafeUninitializedCapacity: data.train.length) { buffer, count in
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: data.train.length) {
          data.train.copyRow(row, tokens: buffer, targets: $0)
        }
        count = data.train.tokenCount(ofRow: row)
      }
      print("row \(row): \(ids.count) tokens: \(try tokenizer.decode(ids))")
    }
  }
}
