import Configuration
import Experiments
import TestSupport
import Testing

@Suite("Studies")
struct StudyTests {
  private func study(_ text: String) throws -> StudySpecification {
    try StudySpecification(
      reading: SpecificationNode(text: text, file: "study.yaml"),
      environment: ExperimentEnvironment(experimentsFolder: "", resultsFolder: "", workFolder: ""))
  }

  private func secondMoment(_ numbers: String = "numbers: 4096, steps: 400, shrinkAfter: 100, every: 100") -> String {
    """
    study: second-moment
    name: second-moment
    title: Title
    source: Source
    scales: {smoke: {\(numbers)}}
    """
  }

  @Test("In bf16 the second moment stays where it was, in 32 bits and 8 it follows the gradients")
  func secondMoment() throws {
    let result = try study(secondMoment()).study(at: "smoke").study.run(workers: 1) { _ in }
    let ends = Dictionary(
      uniqueKeysWithValues: result.curves.map { ($0.label, $0.points.last!.y / $0.points.first!.y) })
    // 0.999³⁰⁰ is 0.741; the shrunk gradients add next to nothing.
    for label in ["fp32", "bf16, stochastic rounding", "8-bit, block-wise"] {
      #expect(abs(ends[label]! - 0.77) < 0.04, "\(label): \(ends[label]!)")
    }
    for label in ["bf16, rounded once", "bf16, after each operation"] { #expect(ends[label]! >= 0.99) }
  }

  @Test("A study gives the same numbers on two workers as on one")
  func workers() throws {
    let study = try study(secondMoment("numbers: 4099, steps: 50, shrinkAfter: 20, every: 10")).study(at: "smoke").study
    #expect(try study.run(workers: 1) { _ in } == study.run(workers: 2) { _ in })
  }

  @Test("A stack's memory grows with its layers, and every peak is the one that was predicted")
  func layerStack() throws {
    let text = """
      study: layer-stack
      name: stack
      title: Title
      source: Source
      scales:
        smoke:
          width: 64
          tokens: 16
          layers: [1, 3]
          methods: [{label: W, method: full-rank}, {label: BA, method: {name: low-rank, rank: 4, initialization: xavier}}]
      """
    let result = try study(text).study(at: "smoke").study.run(workers: 1) { _ in }
    #expect(result.curves.map(\.label) == ["W", "BA"])
    for curve in result.curves { #expect(curve.points[1].y > curve.points[0].y) }
    #expect(result.curves[1].points[1].y < result.curves[0].points[1].y)
    // Weights, gradients and two moments of three matrices.
    #expect(result.curves[0].points[1].parts["weights"] == 3 * 64 * 64 * 4 / 1e6)
    #expect(
      result.remarks.last
        == "Every peak is the one that was predicted, to the byte; the categories' bytes are jemalloc's own.")
  }

  @Test("A stack's passes are timed where rounds are asked for, every method at every number of layers")
  func layerTimes() throws {
    func text(_ rounds: String) -> String {
      """
      study: layer-stack
      name: stack
      title: Title
      source: Source
      scales:
        smoke:
          width: 64
          tokens: 16
          layers: [1, 3]\(rounds)
          methods: [{label: W, method: full-rank}, {label: S, method: {name: sltrain, rank: 4, density: 0.1, alpha: 4}}]
      """
    }
    let timed = try study(text("\n    rounds: 2")).study(at: "smoke").study
    let result = try timed.run(workers: 2) { _ in }
    #expect(result.times.map(\.label) == ["W", "S"] && result.times.allSatisfy { $0.points.map(\.x) == [1, 3] })
    #expect(result.times.flatMap(\.points).allSatisfy { $0.y > 0 } && timed.timeAxes != nil)
    #expect(result.remarks.contains { $0.hasPrefix("S: ") && $0.contains("'s time at 3 layers") })
    #expect(result.resolved["times"]?.arrayValue?.count == 2)
    let untimed = try study(text("")).study(at: "smoke").study
    #expect(untimed.timeAxes == nil && untimed.resolved["rounds"] == nil)
    #expect(try untimed.run(workers: 1) { _ in }.resolved["times"] == nil)
  }

  @Test(
    "What is wrong is named where it stands",
    arguments: [
      ("numbers: 10, steps: 1, shrinkAfter: 1, every: 1", "study.yaml:5:27: error: 'scales.smoke.numbers' is 10"),
      ("numbers: 4096, steps: 1, shrinkAfter: 1, evry: 1", "unknown key 'evry'"),
    ])
  func mistakes(numbers: String, message: String) throws {
    let found = #expect(throws: Diagnostic.self) { try study(secondMoment(numbers)) }
    #expect(found?.description.contains(message) == true, "\(found?.description ?? "")")
  }

  @Test("A scale that a study does not have is refused with those that it has")
  func scales() throws {
    let found = #expect(throws: Diagnostic.self) { try study(secondMoment()).study(at: "paper") }
    #expect(found?.description.contains("has no scale 'paper'") == true && found?.description.contains("smoke") == true)
  }

  @Test("A study's record reads back as it was written, and answers the study that it was made from and no other")
  func record() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/stack.json"
    #expect(try StudyRecord(contentsOf: path) == nil)
    let study = try study(secondMoment()).study(at: nil).study
    let result = StudyResult(
      curves: [.init(label: "a", points: [.init(x: 1, y: 0.1 + 0.2, parts: ["b": 2])])],
      times: [.init(label: "c", points: [])], remarks: ["One."])
    var record = StudyRecord(kind: .secondMoment, numbers: study.resolved, result: result, circumstances: "a test")
    try record.write(to: path)
    #expect(try StudyRecord(contentsOf: path) == record)
    #expect(record.answers(.secondMoment, study) && !record.answers(.layerStack, study))
    record.numerics = nil
    #expect(!record.answers(.secondMoment, study))
    let other = try self.study(secondMoment("numbers: 4096, steps: 9, shrinkAfter: 1, every: 1")).study(at: nil).study
    #expect(
      !StudyRecord(kind: .secondMoment, numbers: study.resolved, result: result, circumstances: "")
        .answers(.secondMoment, other))
    try "{}".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(throws: Diagnostic.self) { try StudyRecord(contentsOf: path) }
  }
}
