import Configuration

extension StudyResult {
  /// One of several parts of a figure: lines over a pair of axes, or a matrix of numbers as a map.
  public struct Panel: Equatable, Sendable {
    /// What stands above it.
    public var title: String
    /// What the level axis says.
    public var x: String
    /// What the upright axis says, or of a map what its colours stand for.
    public var y: String
    /// Whether the upright axis is logarithmic.
    public var isLogarithmic: Bool
    /// The lines; lines of one label look alike in all panels.
    public var curves: [Curve]
    /// Lines to read the others by.
    public var marks: [Mark]
    /// The matrix; nil of a panel of lines.
    public var map: Map?

    /// Creates a panel of lines.
    public init(
      title: String, x: String, y: String, isLogarithmic: Bool = false, curves: [Curve], marks: [Mark] = []
    ) {
      self.title = title
      self.x = x
      self.y = y
      self.isLogarithmic = isLogarithmic
      self.curves = curves
      self.marks = marks
    }

    /// Creates a panel with a map.
    public init(title: String, x: String, y: String, map: Map) {
      self.init(title: title, x: x, y: y, curves: [])
      self.map = map
    }
  }

  /// A straight line across a panel.
  public struct Mark: Equatable, Sendable {
    /// Where it stands on the level axis; nil of a level line.
    public var x: Double?
    /// Where it stands on the upright axis; nil of an upright line.
    public var y: Double?
    /// What it says.
    public var label: String

    /// Creates a mark.
    public init(x: Double? = nil, y: Double? = nil, label: String) {
      self.x = x
      self.y = y
      self.label = label
    }
  }

  /// A matrix to be drawn in shades, from 0 to a largest value that maps beside each other share.
  public struct Map: Equatable, Sendable {
    /// The rows, from the top.
    public var rows: [[Double]]
    /// The value of the darkest shade.
    public var largest: Double

    /// Creates a map.
    public init(rows: [[Double]], largest: Double) {
      self.rows = rows
      self.largest = largest
    }
  }

  /// A number that was found beside the lines, and that a claim may ask for by its name.
  public struct Finding: Equatable, Sendable {
    /// Its name.
    public var name: String
    /// The number.
    public var value: Double
    /// What it is, where the name does not say so.
    public var note: String

    /// Creates a finding.
    public init(_ name: String, _ value: Double, note: String = "") {
      self.name = name
      self.value = value
      self.note = note
    }
  }
}

// What is stored of them.
extension StudyResult.Panel {
  var resolved: ResolvedValue {
    var members: [String: ResolvedValue] = [
      "title": .string(title), "x": .string(x), "y": .string(y), "isLogarithmic": .bool(isLogarithmic),
      "curves": .array(curves.map(\.resolved)), "marks": .array(marks.map(\.resolved)),
    ]
    members["map"] = map.map { map in
      .object([
        "largest": .number(map.largest),
        "rows": .array(map.rows.map { .array($0.map(ResolvedValue.number)) }),
      ])
    }
    return .object(members)
  }

  /// Reads a stored panel; nil where something is missing.
  public init?(_ value: ResolvedValue) {
    guard let title = value["title"]?.stringValue, let x = value["x"]?.stringValue, let y = value["y"]?.stringValue,
      let curves = value["curves"]?.arrayValue?.compactMap(StudyResult.Curve.init),
      let marks = value["marks"]?.arrayValue
    else { return nil }
    self.init(
      title: title, x: x, y: y, isLogarithmic: value["isLogarithmic"] == .bool(true), curves: curves,
      marks: marks.map {
        .init(x: $0["x"]?.doubleValue, y: $0["y"]?.doubleValue, label: $0["label"]?.stringValue ?? "")
      })
    guard let stored = value["map"] else { return }
    guard let largest = stored["largest"]?.doubleValue, let rows = stored["rows"]?.arrayValue else { return nil }
    map = .init(rows: rows.map { ($0.arrayValue ?? []).compactMap(\.doubleValue) }, largest: largest)
  }
}

extension StudyResult.Mark {
  fileprivate var resolved: ResolvedValue {
    var members: [String: ResolvedValue] = ["label": .string(label)]
    members["x"] = x.map(ResolvedValue.number)
    members["y"] = y.map(ResolvedValue.number)
    return .object(members)
  }
}

extension StudyResult.Finding {
  var resolved: ResolvedValue {
    .object(["name": .string(name), "value": .number(value), "note": .string(note)])
  }

  /// Reads a stored finding; nil where something is missing.
  init?(_ stored: ResolvedValue) {
    guard let name = stored["name"]?.stringValue, let value = stored["value"]?.realValue else { return nil }
    self.init(name, value, note: stored["note"]?.stringValue ?? "")
  }
}

extension StudyResult.Curve {
  var resolved: ResolvedValue {
    .object(["label": .string(label), "points": .array(points.map(\.resolved))])
  }

  /// Reads a stored line; nil where something is missing.
  init?(_ value: ResolvedValue) {
    guard let label = value["label"]?.stringValue, let points = value["points"]?.arrayValue else { return nil }
    let read = points.compactMap { point -> StudyResult.Point? in
      guard let x = point["x"]?.realValue, let y = point["y"]?.realValue else { return nil }
      return .init(x: x, y: y, parts: point["parts"]?.objectValue?.compactMapValues(\.realValue) ?? [:])
    }
    guard read.count == points.count else { return nil }
    self.init(label: label, points: read)
  }
}

extension StudyResult.Point {
  var resolved: ResolvedValue {
    var members: [String: ResolvedValue] = ["x": .number(x), "y": .number(y)]
    if !parts.isEmpty { members["parts"] = .object(parts.mapValues(ResolvedValue.number)) }
    return .object(members)
  }
}
