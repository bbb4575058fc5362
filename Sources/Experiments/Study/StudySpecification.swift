import Configuration
import Foundation

/// A small experiment without a corpus, as data: what is done, and with what numbers at each scale.
public struct StudySpecification: Sendable {
  /// The studies that there are.
  public enum Kind: String, CaseIterable, Sendable {
    /// What becomes of Adam's second moment when gradients shrink, by how it is stored.
    case secondMoment = "second-moment"
    /// The memory of a stack of linear layers against their number, by method.
    case layerStack = "layer-stack"
  }

  /// What is done.
  public let kind: Kind
  /// The name of the files that come out.
  public let name: String
  /// The caption.
  public let title: String
  /// Where the question comes from.
  public let source: String
  /// The file that this was read from.
  public let file: String
  private let studies: [ScaleName: any Study]

  static let keys = ["study", "name", "title", "source", "scales"]

  /// Reads a study.
  ///
  /// - Throws: ``Diagnostic`` at the key that is missing, unknown or impossible.
  public init(reading node: SpecificationNode) throws {
    let study = try node.mapping(keys: Self.keys)
    file = node.file
    kind = try study.choice("study")
    name = try study.string("name")
    title = try study.string("title")
    source = try study.string("source")
    let scales = try study.requiredNode("scales").mapping(keys: ScaleName.allCases.map(\.rawValue))
    var studies: [ScaleName: any Study] = [:]
    for scale in ScaleName.allCases {
      guard let node = scales.optionalNode(scale.rawValue) else { continue }
      switch kind {
      case .secondMoment: studies[scale] = try SecondMomentStudy(reading: node)
      case .layerStack: studies[scale] = try LayerStackStudy(reading: node)
      }
    }
    self.studies = studies
  }

  /// Whether a specification is one of a study.
  public static func describes(_ node: SpecificationNode) -> Bool {
    (try? node.members().contains { $0.key == "study" }) ?? false
  }

  /// The scales that there are, the smallest first.
  public var scales: [ScaleName] { ScaleName.allCases.filter { studies[$0] != nil } }

  /// The study with the numbers of a scale.
  ///
  /// - Parameter name: the scale's name; where nothing is given `quick`, or the first that there is.
  /// - Throws: ``Diagnostic`` if the study has no such scale.
  public func study(at name: String?) throws -> (scale: ScaleName, study: any Study) {
    let word = name ?? (scales.first { $0 == .quick } ?? scales.first ?? .quick).rawValue
    guard let scale = ScaleName(rawValue: word), let study = studies[scale] else {
      let known = scales.map(\.rawValue)
      throw Diagnostic.file(
        file, .usage, "'\(self.name)' has no scale '\(word)'; \(Suggestion.clause(for: word, in: known))")
    }
    return (scale, study)
  }
}

/// An experiment that gives curves.
public protocol Study: Sendable {
  /// All numbers of the study, defaults filled in.
  var resolved: ResolvedValue { get }
  /// What is measured and how it is drawn.
  var axes: StudyResult.Axes { get }
  /// The same of ``StudyResult/times``; nil of a study that takes no times.
  var timeAxes: StudyResult.Axes? { get }
  /// Floating-point operations that it takes, roughly; nil of a study that takes next to none.
  var operations: Double? { get }
  /// What the numbers of its lines are, for those who compare two results.
  var quantity: StudyQuantity { get }
  /// Does it.
  ///
  /// - Parameter progress: is told what is done next.
  func run(workers: Int, progress: (String) -> Void) throws -> StudyResult
}

extension Study {
  /// No times.
  public var timeAxes: StudyResult.Axes? { nil }
  /// Next to none.
  public var operations: Double? { nil }
  /// Numbers of which neither more nor less is better.
  public var quantity: StudyQuantity { .plain }
}

/// What the upright axis of a study counts.
public enum StudyQuantity: String, Sendable {
  /// A number of which neither more nor less is better.
  case plain
  /// Megabytes: the fewer, the better.
  case megabytes
}

/// What a study measured.
public struct StudyResult: Equatable, Sendable {
  /// How the curves are drawn.
  public struct Axes: Equatable, Sendable {
    /// What the level axis says.
    public var x: String
    /// What the upright axis says.
    public var y: String
    /// Whether the upright axis is logarithmic.
    public var isLogarithmic: Bool
    /// What a reader should know, in a line.
    public var note: String
    /// Whether the level axis is logarithmic.
    public var isXLogarithmic = false

    /// Creates axes.
    public init(x: String, y: String, isLogarithmic: Bool, note: String, isXLogarithmic: Bool = false) {
      self.x = x
      self.y = y
      self.isLogarithmic = isLogarithmic
      self.note = note
      self.isXLogarithmic = isXLogarithmic
    }
  }

  /// A line.
  public struct Curve: Equatable, Sendable {
    /// What it is.
    public var label: String
    /// Its points, ascending.
    public var points: [Point]

    /// Creates a line.
    public init(label: String, points: [Point]) {
      self.label = label
      self.points = points
    }
  }

  /// A point of a line.
  public struct Point: Equatable, Sendable {
    /// Along.
    public var x: Double
    /// Up.
    public var y: Double
    /// What `y` is made up of, where it is a sum.
    public var parts: [String: Double] = [:]

    /// Creates a point.
    public init(x: Double, y: Double, parts: [String: Double] = [:]) {
      self.x = x
      self.y = y
      self.parts = parts
    }
  }

  /// The lines.
  public var curves: [Curve]
  /// The lines of times; none of a study that takes none. Unlike the others they are not the same in every run.
  public var times: [Curve] = []
  /// What was found beside the lines, a sentence each.
  public var remarks: [String]

  /// Creates a result.
  public init(curves: [Curve], times: [Curve] = [], remarks: [String]) {
    (self.curves, self.times, self.remarks) = (curves, times, remarks)
  }

  /// The result as it is stored.
  public var resolved: ResolvedValue {
    func lines(_ curves: [Curve]) -> ResolvedValue {
      .array(
        curves.map { .object(["label": .string($0.label), "points": .array($0.points.map(Self.resolved))]) })
    }
    var members = ["curves": lines(curves), "remarks": .array(remarks.map(ResolvedValue.string))]
    if !times.isEmpty { members["times"] = lines(times) }
    return .object(members)
  }

  private static func resolved(_ point: Point) -> ResolvedValue {
    var members: [String: ResolvedValue] = ["x": .number(point.x), "y": .number(point.y)]
    if !point.parts.isEmpty { members["parts"] = .object(point.parts.mapValues(ResolvedValue.number)) }
    return .object(members)
  }
}

extension StudyResult {
  /// Reads a stored result; nil where something is missing.
  public init?(resolved value: ResolvedValue) {
    func lines(_ key: String) -> [Curve]? {
      guard let stored = value[key]?.arrayValue else { return value[key] == nil ? [] : nil }
      let curves = stored.map(Curve.init)
      return curves.contains { $0 == nil } ? nil : curves.compactMap(\.self)
    }
    guard let curves = lines("curves"), let times = lines("times"),
      let remarks = value["remarks"]?.arrayValue?.compactMap(\.stringValue)
    else { return nil }
    self.init(curves: curves, times: times, remarks: remarks)
  }
}

extension StudyResult.Curve {
  fileprivate init?(_ value: ResolvedValue) {
    guard let label = value["label"]?.stringValue, let stored = value["points"]?.arrayValue else { return nil }
    let points = stored.map { point -> StudyResult.Point? in
      guard let x = point["x"]?.realValue, let y = point["y"]?.realValue else { return nil }
      return StudyResult.Point(x: x, y: y, parts: (point["parts"]?.objectValue ?? [:]).compactMapValues(\.realValue))
    }
    guard !points.contains(where: { $0 == nil }) else { return nil }
    self.init(label: label, points: points.compactMap(\.self))
  }
}
