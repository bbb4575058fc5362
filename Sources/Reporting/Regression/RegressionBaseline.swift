import Configuration
import Experiments
import Files
import Foundation
import MemoryAccounting
import Tensors

/// What numbers hang on beside the program.
public struct RegressionCircumstances: Equatable, Sendable {
  /// The OpenBLAS kernels.
  public var blasCore: String
  /// OpenBLAS's version and build options.
  public var blasConfiguration: String
  /// The version of the arithmetic.
  public var numerics: Int
  /// The processor's name.
  public var processor: String
  /// The allocator, for information.
  public var allocator: String
  /// The compiler, for information.
  public var compiler: String

  /// Creates circumstances.
  public init(
    blasCore: String, blasConfiguration: String, numerics: Int, processor: String, allocator: String, compiler: String
  ) {
    self.blasCore = blasCore
    self.blasConfiguration = blasConfiguration
    self.numerics = numerics
    self.processor = processor
    self.allocator = allocator
    self.compiler = compiler
  }

  /// Those of this process.
  public static var current: RegressionCircumstances {
    RegressionCircumstances(
      blasCore: Numerics.blasCore, blasConfiguration: Numerics.blasConfiguration, numerics: Numerics.version,
      processor: Circumstances.processor, allocator: Memory.allocator, compiler: Circumstances.compiler)
  }

  /// Why numbers of a kind cannot be expected to be those of other circumstances; nil where they can.
  func difference(from other: RegressionCircumstances, for kind: Metric.Kind) -> String? {
    func difference(_ what: String, _ own: String, _ theirs: String) -> String? {
      own == theirs ? nil : "\(what) is '\(own)', and the baseline's '\(theirs)'"
    }
    switch kind {
    case .count, .bytes: return nil
    case .speed: return difference("the processor", processor, other.processor)
    case .loss, .value:
      return difference("the OpenBLAS core", blasCore, other.blasCore)
        ?? difference("OpenBLAS", blasConfiguration, other.blasConfiguration)
        ?? difference("the version of the arithmetic", "\(numerics)", "\(other.numerics)")
    }
  }
}

/// The numbers of a build: the baseline that others are compared with, or what was measured of one.
public struct RegressionBaseline: Equatable, Sendable {
  /// The scale.
  public var scale: ScaleName
  /// What the numbers hang on.
  public var circumstances: RegressionCircumstances
  /// The numbers, by path.
  public var metrics: [String: Metric]
  /// What a reader should know of how they are compared.
  public var notes: [String]

  static let format = 1

  /// Creates a baseline.
  public init(scale: ScaleName, circumstances: RegressionCircumstances, metrics: [Metric], notes: [String] = []) {
    self.scale = scale
    self.circumstances = circumstances
    self.metrics = Dictionary(metrics.map { ($0.path, $0) }) { first, _ in first }
    self.notes = notes
  }

  /// Reads a baseline, or gives nil where there is no file.
  ///
  /// - Throws: `Diagnostic` if it is damaged.
  public init?(contentsOf path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    let value = try ResolvedValue(json: data, file: path)
    guard value["format"]?.integerValue == Self.format,
      let scale = value["regression"]?.stringValue.flatMap(ScaleName.init(rawValue:)),
      let circumstances = value["recorded"].flatMap(RegressionCircumstances.init),
      let stored = value["metrics"]?.objectValue
    else {
      throw Diagnostic.file(path, .data, "is no baseline of this version; restore it, or make it anew: make baseline")
    }
    var metrics: [Metric] = []
    for (word, members) in stored {
      guard let kind = Metric.Kind(rawValue: word), let members = members.objectValue else {
        throw Diagnostic.file(path, .data, "has numbers of an unknown kind '\(word)'; restore it, or make it anew")
      }
      for (name, number) in members {
        guard let number = number.doubleValue ?? number.stringValue.flatMap({ Double($0) }) else {
          throw Diagnostic.file(path, .data, "'\(name)' is no number; restore the file, or make it anew")
        }
        metrics.append(Metric(name, kind, number))
      }
    }
    self.init(
      scale: scale, circumstances: circumstances, metrics: metrics,
      notes: (value["notes"]?.arrayValue ?? []).compactMap(\.stringValue))
  }

  /// Writes the baseline, whole or not at all.
  ///
  /// - Throws: `Diagnostic` if the file cannot be written.
  public func write(to path: String) throws {
    var kinds: [String: [String: ResolvedValue]] = [:]
    for metric in metrics.values {
      kinds[metric.kind.rawValue, default: [:]][metric.path] =
        [.count, .bytes].contains(metric.kind) ? .integer(Int(metric.number)) : .number(metric.number)
    }
    let value = ResolvedValue.object([
      "format": .integer(Self.format), "regression": .string(scale.rawValue), "recorded": circumstances.resolved,
      "notes": .array(notes.map(ResolvedValue.string)), "metrics": .object(kinds.mapValues(ResolvedValue.object)),
    ])
    try AtomicFileWriter.write(value.prettyJSON.utf8, to: path)
  }
}

extension RegressionCircumstances {
  fileprivate var resolved: ResolvedValue {
    .object([
      "blasCore": .string(blasCore), "blasConfiguration": .string(blasConfiguration), "numerics": .integer(numerics),
      "processor": .string(processor), "allocator": .string(allocator), "compiler": .string(compiler),
    ])
  }

  fileprivate init?(_ value: ResolvedValue) {
    guard let core = value["blasCore"]?.stringValue, let configuration = value["blasConfiguration"]?.stringValue,
      let numerics = value["numerics"]?.integerValue, let processor = value["processor"]?.stringValue
    else { return nil }
    self.init(
      blasCore: core, blasConfiguration: configuration, numerics: numerics, processor: processor,
      allocator: value["allocator"]?.stringValue ?? "", compiler: value["compiler"]?.stringValue ?? "")
  }
}
