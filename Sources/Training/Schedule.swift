import Configuration
import Foundation

/// How the learning rate changes over a run, as a factor of the specification's rate.
///
/// The factor of an update depends on how many updates were made before it, so with a warm-up the first update has the
/// rate 0, as in the official code.
public struct Schedule: Equatable, Sendable {
  /// The shapes.
  public enum Kind: String, CaseIterable, Sendable {
    /// 1 after the warm-up.
    case constant
    /// From 1 down to 0 in a straight line.
    case linear
    /// From 1 down to the floor along half a cosine.
    case cosine
    /// The cosine, with a short warm-up of its own after every restart: ReLoRA's schedule.
    case jaggedCosine = "jagged-cosine"
  }

  /// The shape.
  public var kind: Kind
  /// Updates of the whole run.
  public var steps: Int
  /// Updates of the linear warm-up from 0.
  public var warmupSteps: Int
  /// The factor that the cosine ends at.
  public var floor: Double
  /// Updates between restarts of the jagged cosine.
  public var restartEvery: Int
  /// Updates of the warm-up after a restart.
  public var restartWarmup: Int

  /// The keys of a schedule's mapping in a specification.
  public static let keys = ["kind", "warmupSteps", "warmupShare", "floor", "restartEvery", "restartWarmup"]

  /// Creates a schedule.
  public init(
    _ kind: Kind, steps: Int, warmupSteps: Int = 0, floor: Double = 0.1, restartEvery: Int = 0, restartWarmup: Int = 0
  ) {
    self.kind = kind
    self.steps = steps
    self.warmupSteps = warmupSteps
    self.floor = floor
    self.restartEvery = restartEvery
    self.restartWarmup = restartWarmup
  }

  /// Reads a schedule for a run of `steps` updates; the warm-up is given in updates or as a share of the run.
  ///
  /// - Throws: `Diagnostic` at the key that is missing, unknown or impossible.
  public init(reading schedule: SpecificationMapping, steps: Int) throws {
    kind = try schedule.choice("kind", default: .cosine)
    self.steps = steps
    floor = try schedule.number("floor", default: 0.1, in: 0...1)
    if schedule.has("warmupSteps"), schedule.has("warmupShare") {
      throw schedule.error("warmupShare", "'warmupSteps' and 'warmupShare' are both given; keep one")
    }
    if schedule.has("warmupSteps") {
      warmupSteps = try schedule.integer("warmupSteps")
    } else {
      warmupSteps = Int((try schedule.number("warmupShare", default: 0.1, in: 0...1) * Double(steps)).rounded())
    }
    guard steps == 0 || warmupSteps < steps else {
      throw schedule.error("warmupSteps", "a warm-up of \(warmupSteps) updates leaves none of \(steps); shorten it")
    }
    restartEvery = 0
    restartWarmup = 0
    if kind == .jaggedCosine {
      restartEvery = try schedule.integer("restartEvery", in: 1...)
      restartWarmup = try schedule.integer("restartWarmup", default: max(1, restartEvery / 50), in: 0...restartEvery)
    }
  }

  /// The factor of the update that follows `updates` others.
  public func factor(after updates: Int) -> Double {
    if updates < warmupSteps { return Double(updates) / Double(warmupSteps) }
    switch kind {
    case .constant: return 1
    case .linear: return max(0, Double(steps - updates) / Double(steps - warmupSteps))
    case .cosine: return cosine(at: updates)
    case .jaggedCosine:
      let since = updates % restartEvery
      guard updates >= restartEvery, since < restartWarmup else { return cosine(at: updates) }
      return Double(since) / Double(restartWarmup) * cosine(at: updates - since + restartWarmup)
    }
  }

  private func cosine(at updates: Int) -> Double {
    let progress = Double(updates - warmupSteps) / Double(max(1, steps - warmupSteps))
    return floor + (1 - floor) * 0.5 * (1 + cos(.pi * progress))
  }
}
