import Configuration

/// Things that were timed together, in turn, and what the machine could do at that time.
public struct MeasuredGroup: Equatable, Sendable {
  /// The front of its measurements' paths: `steps/60m`.
  public var name: String
  /// The model or shape in words.
  public var title: String
  /// The machine and the program.
  public var machine: Machine
  /// The machine's ceilings as they were measured in the same run.
  public var ceilings: Ceilings
  /// How quiet the machine was.
  public var calibration: Calibration
  /// What was timed.
  public var measurements: [Measurement]

  /// Creates a group.
  public init(
    name: String, title: String, machine: Machine, ceilings: Ceilings, calibration: Calibration,
    measurements: [Measurement]
  ) {
    self.name = name
    self.title = title
    self.machine = machine
    self.ceilings = ceilings
    self.calibration = calibration
    self.measurements = measurements
  }

  /// A measurement by its name, or nil if there is none.
  public subscript(name: String) -> Measurement? { measurements.first { $0.name == name } }

  /// The first part of the name: what kind of thing is timed.
  public var kind: String { String(name.prefix { $0 != "/" }) }
}

/// The rate of multiply-adds on all workers at the beginning and at the end of a measurement: a machine that has
/// something else to do shows it there.
public struct Calibration: Equatable, Sendable {
  /// Operations a second at the beginning.
  public var before: Double
  /// Operations a second at the end.
  public var after: Double

  /// How far the two may lie apart, as a share of the larger, before figures count as disturbed.
  public static let tolerance = 0.05

  /// Creates a calibration.
  public init(before: Double, after: Double) {
    self.before = before
    self.after = after
  }

  /// Whether the figures in between can be compared with others.
  ///
  /// - Parameter ceiling: the same rate as the run's ceilings have it, or nil where it is not known.
  public func isQuiet(ceiling: Double?) -> Bool {
    let rates = [before, after] + (ceiling.map { [$0] } ?? [])
    let largest = rates.max() ?? 0
    return largest > 0 && (rates.min() ?? 0) >= (1 - Self.tolerance) * largest
  }
}

extension MeasuredGroup {
  /// The group as it is stored.
  var resolved: ResolvedValue {
    .object([
      "name": .string(name), "title": .string(title), "machine": machine.resolved, "ceilings": ceilings.resolved,
      "calibration": .object(["before": .number(calibration.before), "after": .number(calibration.after)]),
      "measurements": .array(measurements.map(\.resolved)),
    ])
  }

  /// Reads a stored group.
  ///
  /// - Throws: `Diagnostic` naming `file` where something is missing.
  init(_ value: ResolvedValue, file: String) throws {
    guard let name = value["name"]?.stringValue, let title = value["title"]?.stringValue,
      let before = value["calibration"]?["before"]?.doubleValue,
      let after = value["calibration"]?["after"]?.doubleValue, let measurements = value["measurements"]?.arrayValue
    else { throw BenchmarkRecord.damaged(file, "has a group that is not whole") }
    self.init(
      name: name, title: title, machine: try Machine(value["machine"] ?? .null, file: file),
      ceilings: try Ceilings(value["ceilings"] ?? .null, file: file),
      calibration: Calibration(before: before, after: after),
      measurements: try measurements.map { try Measurement($0, file: file) })
  }
}
