import Experiments
import Foundation
import Methods

extension ComparedRun {
  private static func exact(_ name: String, _ value: Int) -> Number {
    Number(name: name, value: Double(value), text: DecimalText.plain(Double(value)))
  }

  private static func plain(_ name: String, _ value: Double) -> Number {
    Number(name: name, value: value, text: DecimalText.plain(value))
  }

  private static func perplexity(_ name: String, _ value: Double) -> Number {
    Number(name: name, value: value, text: DecimalText.fixed(value, places: 2))
  }

  /// Everything that a record's summary says, losses in full.
  ///
  /// - Parameter estimated: what the paper's formulas count, where that is asked for.
  static func numbers(of outcome: CellOutcome, estimated footprint: Footprint? = nil) -> [Number] {
    var numbers: [Number] = []
    if let evaluation = outcome.evaluation {
      numbers += [
        perplexity("perplexity, corrected", evaluation.perplexity),
        perplexity("perplexity, as the official code reports it", evaluation.paperPerplexity),
        plain("loss, corrected", evaluation.correctedLoss),
        plain("loss, as the official code reports it", evaluation.paperLoss),
      ]
    }
    if case .diverged(let step) = outcome.status { numbers.append(exact("diverged at update", step)) }
    numbers +=
      rate(outcome.learningRate) + [
        exact("updates", outcome.steps), exact("tokens", outcome.tokensSeen),
        exact("parameters while training", outcome.parameterCount),
      ]
    if let footprint { numbers += estimates(footprint) }
    numbers += outcome.peakBytes.sorted { $0.key < $1.key }.filter { $0.value > 0 }
      .map { exact(peakName($0.key), $0.value) }
    if let manifest = outcome.manifest, manifest.tokensPerSecond > 0 {
      numbers.append(plain("tokens a second", manifest.tokensPerSecond))
    }
    return numbers
  }

  /// A learning rate, where there is one.
  static func rate(_ rate: Double?) -> [Number] { rate.map { [plain("learning rate", $0)] } ?? [] }

  private static func peakName(_ category: String) -> String {
    category == "total" ? "peak bytes" : "peak bytes, \(category)"
  }

  private static func estimates(_ footprint: Footprint) -> [Number] {
    [
      exact("parameters", footprint.finalParameters),
      exact("estimated bytes", footprint.parameterBytes() + footprint.optimizerBytes()),
    ]
  }

  /// The means over seeds of an entry's final runs, and what is counted of it.
  static func numbers(of entry: TableEntry) -> [Number] {
    var numbers: [Number] = []
    let evaluations = entry.outcomes.compactMap(\.evaluation)
    if let paper = Statistics(evaluations.map(\.paperPerplexity)), let own = Statistics(evaluations.map(\.perplexity)) {
      numbers = [
        perplexity("perplexity, corrected", own.mean),
        perplexity("perplexity, as the official code reports it", paper.mean), exact("seeds", evaluations.count),
      ]
    }
    numbers += rate(entry.choice?.learningRate)
    if let tokens = entry.tokensPerParameter {
      numbers.append(Number(name: "tokens a parameter", value: tokens, text: DecimalText.significant(tokens)))
    }
    return numbers + estimates(entry.footprint)
  }

  /// The bytes of a run that was made for its memory.
  static func numbers(of result: MemoryResult) -> [Number] {
    result.total.map { [exact("peak bytes", $0)] } ?? []
  }

  /// A published number in the unit of ours.
  static func number(_ number: PublishedNumber, _ quantity: PublishedQuantity) -> Number {
    let (name, scale): (String, Double) =
      switch quantity {
      case .perplexity: ("perplexity, as the official code reports it", 1)
      case .parameters: ("parameters", 1e6)
      case .memory: ("estimated bytes", 1e9)
      case .peakMemory: ("peak bytes", 1e9)
      case .parameterMemory: ("estimated bytes of parameters", 1e9)
      case .optimizerMemory: ("estimated bytes of the optimizer", 1e9)
      case .throughput: ("tokens a second", 1)
      }
    let value = number.value * scale
    let text = scale == 1 ? number.text : DecimalText.fixed(value, places: 0)
    return Number(name: name, value: value, text: text + number.status.mark)
  }
}
