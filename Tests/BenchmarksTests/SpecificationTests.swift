import Benchmarks
import TestSupport
import Testing

@Suite("The specification of benchmarks")
struct SpecificationTests {
  @Test("The shipped one is read, with all scales and thresholds")
  func shipped() throws {
    let specification = try Shipped.specification()
    #expect(specification.name == "bench")
    #expect(specification.thresholds.count == 12)
    _ = try specification.scale("smoke")
    _ = try specification.scale("desktop")
  }

  @Test("Thresholds are as strict as they were agreed to be")
  func bounds() throws {
    let bounds = Dictionary(
      uniqueKeysWithValues: try Shipped.specification().thresholds.map { ($0.id, $0.bound) })
    let least = [
      "full-rank-60m": 0.85, "full-rank-350m": 0.87, "sltrain-60m": 1.3, "sltrain-130m": 1.3, "sltrain-350m": 1.6,
      "sltrain-1b": 1.8, "pytorch-full-rank": 1.3, "pytorch-sltrain": 1.8, "pytorch-low-rank": 1.3, "two-workers": 1.85,
    ]
    for (id, bound) in least { #expect(bounds[id] == .least(bound), "\(id)") }
    #expect(bounds["time-by-model"] == .most(1.1))
  }

  @Test("Another scale is refused with the known ones")
  func unknownScale() throws {
    let specification = try Shipped.specification()
    #expect(
      diagnosticText { try specification.scale("paper") }
        == "bench.yaml: error: 'bench' has no scale 'paper'; known: desktop, smoke")
  }

  private static let mistakes: [(old: String, new: String, message: String)] = [
    ("title: ", "titel: ", "unknown key 'titel'; did you mean 'title'?"),
    ("least: 0.85}", "least: 0.85, most: 1}", "a threshold has one bound; expected 'least' or 'most'"),
    (
      "figure: share-of-sgemm, of: steps/60m/full-rank", "figure: share, of: steps/60m/full-rank",
      "'thresholds[0].figure' cannot be 'share'"
    ),
    (
      "of: steps/60m/full-rank, least", "of: steps/60m/full-rnak, least",
      "'full-rank-60m' is about 'steps/60m/full-rnak', which no scale measures; did you mean 'steps/60m/full-rank'?"
    ),
    ("over: steps/1b/full-rank, ", "", "missing key 'over'"),
    (
      "methods: [SLTrain], rounds: 20", "methods: [SLTrian], rounds: 20",
      "unknown method 'SLTrian'; did you mean 'SLTrain'?"
    ),
    ("rounds: 5\n", "rounds: 0\n", "'scales.desktop.rounds' is 0; expected 1 or more"),
    (
      "density: 0.03, alpha: $alpha, form: densified", "density: 3, alpha: $alpha, form: densified",
      "density 3.0 is outside (0, 1)"
    ),
    ("growth: {model: 9M,", "growth: {model: 16x2,", "model '16x2' has no 'variables'; did you mean '16x1'?"),
    ("id: sltrain-130m", "id: sltrain-60m", "two thresholds are called 'sltrain-60m'; rename one"),
  ]

  @Test("A mistake is one line with its place", arguments: mistakes.indices)
  func mistake(index: Int) throws {
    let (old, new, message) = Self.mistakes[index]
    let text = diagnosticText { try Shipped.specification(replacing: old, by: new) }
    #expect(text.hasPrefix("bench.yaml:") && text.contains(message), "\(text)")
    #expect(text.firstMatch(of: #/^bench\.yaml:\d+:\d+: error: /#) != nil, "\(text)")
  }
}
