import Configuration
import Experiments
import Foundation
import Reporting
import TestSupport
import Testing

@Suite("Figures of several panels, and the pages of studies that have them") struct PanelFigureTests {
  /// A study whose numbers nobody works out.
  private struct Fixed: Study {
    var resolved: ResolvedValue { .object([:]) }
    var axes: StudyResult.Axes { .init(x: "Index", y: "Value", isLogarithmic: false, note: "It's made up.") }
    func run(workers: Int, progress: (String) -> Void) throws -> StudyResult { Self.result }

    static let result = StudyResult(
      curves: [.init(label: "W", points: [.init(x: 1, y: 3), .init(x: 2, y: 1)])], remarks: ["A remark."],
      panels: [
        .init(
          title: "Lines", x: "Index", y: "Value",
          curves: [
            .init(label: "W", points: [.init(x: 1, y: 3), .init(x: 2, y: 1)]),
            .init(label: "It's less", points: [.init(x: 1, y: -0.5), .init(x: 2, y: 0.5)]),
          ], marks: [.init(x: 1.5, label: "r = 1"), .init(y: 0.97, label: "97 %")]),
        .init(
          title: "Falling", x: "Index", y: "Value", isLogarithmic: true,
          curves: [.init(label: "It's less", points: [.init(x: 1, y: 1), .init(x: 2, y: 0.001)])]),
        .init(
          title: "|W|", x: "Input", y: "Magnitude",
          map: .init(rows: [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]], largest: 0.5)),
      ],
      findings: [.init("share", 0.955, note: "of entries"), .init("rank", 1)])
  }

  private func report(_ claims: String) throws -> StudyReport {
    let text = """
      study: second-moment
      name: weights
      title: Title
      source: Source
      scales: {smoke: {numbers: 4096, steps: 1, shrinkAfter: 1, every: 1}}
      claims: \(claims)
      notes: [A note.]
      """
    let specification = try StudySpecification(
      reading: SpecificationNode(text: text, file: "study.yaml"),
      environment: ExperimentEnvironment(experimentsFolder: "", resultsFolder: "", workFolder: ""))
    return StudyReport(specification, study: Fixed(), result: Fixed.result, circumstances: "nothing")
  }

  private let claims = """
    [{id: small, statement: It is small., source: somewhere, test: found("share") >= 0.97},
      {id: ranked, statement: It has a rank., source: elsewhere, test: found("rank") <= 2 * found("rank")}]
    """

  @Test(
    "Every panel is drawn, its lines as all lines of their name, maps to one scale",
    .enabled(if: FigureTests.hasGnuplot))
  func drawing() throws {
    let folder = try TemporaryFolder()
    let files = try report(claims).write(into: folder.path)
    #expect(files.map { ($0 as NSString).lastPathComponent } == ["weights.md", "weights.svg"])
    func text(_ name: String) throws -> String { try String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8) }
    let script = try text("weights.gp")
    #expect(script.components(separatedBy: "\nplot ").count == 4)
    #expect(script.contains("set label 911 'It''s less'"))
    // The second panel's only line is the second of the figure, and looks like it.
    #expect(script.contains("index 2 using 1:2 with linespoints pt 7 ps 0.4 lw 1.8 dt (12,4) lc rgb '#E69F00'"))
    #expect(script.contains("index 3 matrix with image pixels") && script.contains("set cbrange [0:0.5]"))
    #expect(script.contains("'r = 1' at first 1.5") && script.contains("'97 %' at graph 0.99,first 0.97"))
    let data = try text("weights.dat").components(separatedBy: "\n\n\n")
    #expect(data.count == 4 && data[3].hasSuffix("0.1 0.2 0.3\n0.4 0.5 0.6\n"))
    let drawing = try text("weights.svg")
    for word in ["Lines", "Falling", "|W|", "Magnitude", "It&apos;s made up."] where !drawing.contains(word) {
      #expect(drawing.contains(word.replacingOccurrences(of: "&apos;", with: "'")), "\(word)")
    }
  }

  @Test("A study's page has its claims with their verdicts, and the numbers that they ask for")
  func page() throws {
    let text = try report(claims).markdown()
    #expect(
      text.contains("It is small. **does not hold**: 0.955 < 0.970. **small** (somewhere): `found(\"share\") >= 0.97`"))
    #expect(text.contains("It has a rank. **holds**: 1.00 ≤ 2.00."))
    #expect(text.contains("| share | 0.9550 | of entries |") && text.contains("- A note."))
  }

  @Test("A claim about something that the study has not found is an error at its place")
  func unknown() throws {
    let report = try report("[{id: a, statement: B., source: C, test: found(\"shaer\") >= 0.97}]")
    #expect(diagnosticText { try report.markdown() }.contains("there is no row 'shaer'; did you mean 'share'?"))
    let other = try self.report("[{id: a, statement: B., source: C, test: ppl(\"share\") >= 0.97}]")
    #expect(try other.markdown().contains("not tested at this scale: a study knows 'found' and nothing else"))
  }
}
