import Configuration
import Tensors

/// What a restart does to an optimizer's moments: zeroes a share of their entries, or leaves them.
///
/// The two moments are reset apart from each other, and Adam's count of steps goes on. So an entry may keep its first
/// moment and lose its second, and where its gradient is zero too, as that of `A` is while `B` is, it moves by `η m / ε`: a
/// share below 1 wants a schedule that starts again from a small rate, and a share of 1 does not.
///
/// Source: the official ReLoRA code; its default zeroes 99.9 % of the entries at random.
public struct MomentReset: Equatable, Sendable {
  /// How the entries to zero are chosen.
  public enum Kind: String, CaseIterable, Sendable {
    /// Each entry with the probability ``MomentReset/share``, drawn anew for each moment.
    case random
    /// The entries whose magnitude is at most the quantile ``MomentReset/share`` of the moment's magnitudes.
    case magnitude
    /// None: the moments stay as they are.
    case none
  }

  /// How the entries to zero are chosen.
  public var kind: Kind
  /// The share of entries to zero, from 0 to 1.
  public var share: Double

  /// Creates a reset; the default is the official code's.
  public init(kind: Kind = .random, share: Double = 0.999) {
    self.kind = kind
    self.share = share
  }

  /// Reads a reset: a mapping with `kind` and `share`.
  ///
  /// - Throws: `Diagnostic` at the key that is unknown or impossible.
  public init(reading reset: SpecificationMapping) throws {
    kind = try reset.choice("kind", default: .random)
    share = kind == .none ? 0 : try reset.number("share", default: kind == .random ? 0.999 : 0.9, in: 0...1)
  }

  /// The keys of a reset's mapping in a specification.
  public static let keys = ["kind", "share"]

  /// Resets both moments of a rule that has them.
  ///
  /// - Parameter numbers: the random numbers for a moment's name, `first_moment` or `second_moment`.
  public func apply(to rule: any UpdateRule, numbers: (_ moment: String) -> RandomNumbers) {
    rule.adam?.reset { name, moment in
      switch kind {
      case .random: zeroAtRandom(moment, numbers: numbers(name))
      case .magnitude: zeroSmallest(moment)
      case .none: break
      }
    }
  }

  private func zeroAtRandom(_ moment: UnsafeMutableBufferPointer<Float>, numbers: RandomNumbers) {
    for block in stride(from: 0, to: moment.count, by: 4) {
      let words = numbers.words(UInt64(block / 4))
      for lane in 0..<min(4, moment.count - block) where Double(words[lane]) * 0x1p-32 < share {
        moment[block + lane] = 0
      }
    }
  }

  private func zeroSmallest(_ moment: UnsafeMutableBufferPointer<Float>) {
    guard !moment.isEmpty else { return }
    let threshold = magnitudeQuantile(of: moment, at: share)
    for index in moment.indices where abs(moment[index]) <= threshold { moment[index] = 0 }
  }
}

/// The quantile of the magnitudes, between two entries interpolated linearly as `torch.quantile` does.
///
/// - Parameter share: from 0, the smallest magnitude, to 1, the largest.
package func magnitudeQuantile(of values: UnsafeMutableBufferPointer<Float>, at share: Double) -> Float {
  let position = share * Double(values.count - 1)
  let below = Int(position)
  let low = magnitude(ranked: below, in: values)
  guard below + 1 < values.count else { return low }
  let high = magnitude(ranked: below + 1, in: values)
  return low + Float(position - Double(below)) * (high - low)
}

/// The magnitude with `rank` others at or below it, found byte by byte from the top: the bits of positive floats are
/// ordered as the floats are, and nothing is moved or copied.
private func magnitude(ranked rank: Int, in values: UnsafeMutableBufferPointer<Float>) -> Float {
  var (prefix, mask, remaining) = (UInt32(0), UInt32(0), rank)
  for shift in [24, 16, 8, 0] as [UInt32] {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 256) { counts in
      counts.initialize(repeating: 0)
      for value in values where abs(value).bitPattern & mask == prefix {
        counts[Int(abs(value).bitPattern >> shift & 255)] += 1
      }
      var byte = 0
      while remaining >= counts[byte] {
        remaining -= counts[byte]
        byte += 1
      }
      prefix |= UInt32(byte) << shift
      mask |= 255 << shift
    }
  }
  return Float(bitPattern: prefix)
}
