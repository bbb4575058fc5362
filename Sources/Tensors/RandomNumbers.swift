import CKernels
import Foundation

/// Random numbers as a pure function of (seed, purpose, name, index): Philox 4x32-10.
///
/// Nothing is drawn from a shared sequence, so adding a tensor or a method never shifts another's numbers.
/// Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
public struct RandomNumbers: Sendable {
  /// What the numbers are for.
  public enum Purpose: UInt32, Sendable {
    /// Starting values of parameters.
    case initialization = 1
    /// The positions of a sparse matrix's entries.
    case support = 2
    /// The order of training rows.
    case dataOrder = 3
    /// Restarts within a run: new factors, moments that are reset.
    case restart = 4
    /// Random projections.
    case projection = 5
    /// Dropout.
    case dropout = 6
    /// Bootstrap resamples of a report.
    case resampling = 7
    /// Stochastic rounding.
    case rounding = 8
  }

  private let key: (UInt32, UInt32)
  private let stream: (UInt32, UInt32)

  /// The numbers of one purpose for one tensor or step.
  public init(seed: UInt64, purpose: Purpose, name: String) {
    key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32) ^ purpose.rawValue &* 0x9E37_79B9)
    // FNV-1a: spreads the names; the generator does the mixing.
    let hash = name.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    stream = (UInt32(truncatingIfNeeded: hash), UInt32(truncatingIfNeeded: hash >> 32))
  }

  /// Four random words: block `index` of the stream.
  public func words(_ index: UInt64) -> SIMD4<UInt32> {
    let counter = SIMD4<UInt32>(
      UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32), stream.0, stream.1)
    return Self.philox(counter, key: key)
  }

  /// Philox 4x32-10 itself: a bijection of the counter for each key.
  package static func philox(_ counter: SIMD4<UInt32>, key: (UInt32, UInt32)) -> SIMD4<UInt32> {
    var counter = counter
    var (key0, key1) = key
    for _ in 0..<10 {
      let product0 = UInt64(0xD251_1F53) * UInt64(counter[0])
      let product1 = UInt64(0xCD9E_8D57) * UInt64(counter[2])
      counter = SIMD4<UInt32>(
        UInt32(truncatingIfNeeded: product1 >> 32) ^ counter[1] ^ key0, UInt32(truncatingIfNeeded: product1),
        UInt32(truncatingIfNeeded: product0 >> 32) ^ counter[3] ^ key1, UInt32(truncatingIfNeeded: product0))
      key0 &+= 0x9E37_79B9
      key1 &+= 0xBB67_AE85
    }
    return counter
  }

  /// A word below `bound`, each equally likely but for one part in 2³² (multiply and shift).
  public func integer(_ index: Int, below bound: UInt64) -> UInt64 {
    let block = words(UInt64(index))
    let word = UInt64(block[0]) | UInt64(block[1]) << 32
    return word.multipliedFullWidth(by: bound).high
  }

  /// A number in [0, 1) with 53 random bits.
  public func unit(_ index: Int) -> Double {
    let block = words(UInt64(index))
    return Double((UInt64(block[0]) | UInt64(block[1]) << 32) >> 11) * 0x1p-53
  }

  /// Fills with uniform numbers in `[-bound, bound)`.
  ///
  /// - Parameter first: the index in the stream of the first number, a multiple of 4: parts of a tensor can be filled apart.
  public func fillUniform(_ values: UnsafeMutableBufferPointer<Float>, bound: Float, first: Int = 0) {
    precondition(first % 4 == 0, "random numbers come in blocks of four")
    for block in stride(from: 0, to: values.count, by: 4) {
      let word = words(UInt64((first + block) / 4))
      for lane in 0..<min(4, values.count - block) {
        values[block + lane] = (Float(word[lane] >> 8) * 0x1p-23 - 1) * bound
      }
    }
  }

  /// Fills with normal numbers of mean 0 (Box-Muller in double precision).
  ///
  /// - Parameter first: the index in the stream of the first number, a multiple of 4: parts of a tensor can be filled apart.
  public func fillNormal(_ values: UnsafeMutableBufferPointer<Float>, deviation: Float, first: Int = 0) {
    precondition(first % 4 == 0, "random numbers come in blocks of four")
    for block in stride(from: 0, to: values.count, by: 4) {
      let word = words(UInt64((first + block) / 4))
      for pair in 0..<2 where block + 2 * pair < values.count {
        let radius = (-2 * log((Double(word[2 * pair]) + 0.5) * 0x1p-32)).squareRoot()
        let angle = 2 * Double.pi * Double(word[2 * pair + 1]) * 0x1p-32
        values[block + 2 * pair] = Float(radius * cos(angle)) * deviation
        if block + 2 * pair + 1 < values.count { values[block + 2 * pair + 1] = Float(radius * sin(angle)) * deviation }
      }
    }
  }

  /// Hands `count` different whole numbers below `bound`, each subset equally likely, to `body` in ascending order.
  ///
  /// Selection sampling: one draw a candidate. Source: Knuth, TAOCP 2, algorithm 3.4.2S.
  public func sample(_ count: Int, below bound: Int, _ body: (Int) -> Void) {
    precondition(count <= bound && bound <= Int(Int32.max), "cannot choose \(count) of \(bound)")
    let stream = slk_stream(key: key, name: stream)
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.window + 8) { chosen in
      var (first, wanted) = (0, count)
      while wanted > 0 {
        let end = min(first + Self.window, bound)
        let found = slk_sample(stream, UInt64(first), UInt64(end), UInt64(bound), UInt64(wanted), chosen.baseAddress!)
        for position in chosen.prefix(found) { body(Int(position)) }
        (first, wanted) = (end, wanted - found)
      }
    }
  }

  /// Candidates of a sample that are looked at together.
  private static let window = 4096
}
