import Foundation
import MemoryAccounting
import Tensors

/// The memory of a run at every boundary between the phases of its first two updates and of its first evaluation.
///
/// The first update touches what the others find in place, the second is like all that follow.
public struct MemoryTimeline: Equatable, Sendable {
  /// What the phases of a part belong to.
  public enum Moment: Hashable, Sendable {
    /// An update, counted from 1.
    case update(Int)
    /// The first evaluation.
    case evaluation

    /// The name in files and tables: `update 2`, `evaluation`.
    public var name: String {
      switch self {
      case .update(let number): "update \(number)"
      case .evaluation: "evaluation"
      }
    }

    /// The moment of a name, or nil if there is none.
    public init?(name: String) {
      if name == "evaluation" {
        self = .evaluation
      } else if name.hasPrefix("update "), let number = Int(name.dropFirst("update ".count)) {
        self = .update(number)
      } else {
        return nil
      }
    }

    /// Whether it is sampled: reading the allocator's books takes time, so that not every update is.
    var isSampled: Bool {
      switch self {
      case .update(let number): sampledUpdates.contains(number)
      case .evaluation: true
      }
    }

    fileprivate var order: Int {
      switch self {
      case .update(let number): number
      case .evaluation: .max
      }
    }
  }

  /// The samples of one update or evaluation.
  public struct Part: Equatable, Sendable {
    /// What they belong to.
    public var moment: Moment
    /// One sample a phase, in the order in which the phases ended; of a phase that came several times, its last.
    public var samples: [MemorySample]

    /// Creates a part.
    public init(_ moment: Moment, samples: [MemorySample]) {
      self.moment = moment
      self.samples = samples
    }
  }

  /// The updates that are sampled.
  static let sampledUpdates = 1...2

  /// The parts that there are, updates first.
  public private(set) var parts: [Part]

  /// Creates a timeline.
  public init(_ parts: [Part] = []) {
    self.parts = []
    parts.forEach { add($0) }
  }

  /// The part of a moment.
  public subscript(moment: Moment) -> Part? { parts.first { $0.moment == moment } }

  /// Adds a part in its place, over the one of the same moment.
  public mutating func add(_ part: Part) {
    parts = (parts.filter { $0.moment != part.moment } + [part]).sorted { $0.moment.order < $1.moment.order }
  }

  /// The part that shows what every update is like.
  public var typicalUpdate: Part? { self[.update(2)] ?? self[.update(1)] }
}

extension MemoryTimeline {
  /// A line a phase, in megabytes of a million bytes; equal lines of consecutive blocks are one.
  public var text: String {
    let heading = Self.line("memory by phase (MB)", ["live", "temporaries", "in use", "resident set"])
    return ([heading] + parts.flatMap { ["\($0.moment.name):"] + $0.lines }).joined(separator: "\n")
  }

  fileprivate static func line(_ name: String, _ cells: [String]) -> String {
    name.padding(toLength: 22, withPad: " ", startingAt: 0)
      + cells.map { String(repeating: " ", count: max(1, 14 - $0.count)) + $0 }.joined()
  }
}

extension MemoryTimeline.Part {
  fileprivate var lines: [String] {
    var lines: [(first: Phase, last: Phase, cells: [String])] = []
    for sample in samples {
      if let line = lines.last, line.cells == sample.cells, case .backward = line.last, case .backward = sample.phase {
        lines[lines.count - 1].last = sample.phase
      } else {
        lines.append((sample.phase, sample.phase, sample.cells))
      }
    }
    return lines.map { line in
      guard line.first != line.last, case .backward(let block) = line.last else {
        return MemoryTimeline.line("  \(line.first.name)", line.cells)
      }
      return MemoryTimeline.line("  \(line.first.name) to \(block)", line.cells)
    }
  }
}

extension MemorySample {
  fileprivate var cells: [String] {
    let cells = [inUse - workspaceInUse, workspaceInUse, inUse, residentSet].map { bytes in
      bytes.map { String(format: "%.3f", Double($0) / 1e6) } ?? "-"
    }
    let names = disagreements.map(\.rawValue).sorted().joined(separator: ", ")
    return names.isEmpty ? cells : cells + ["  the allocator counts otherwise: \(names)"]
  }
}
