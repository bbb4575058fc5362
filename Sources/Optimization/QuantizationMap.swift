import CKernels

/// The 256 numbers from -1 to 1 that 8-bit codes stand for, and the rule by which a number takes its code.
///
/// A block of numbers is stored as its largest magnitude, `absmax`, and a code for each number divided by it. The map
/// is dynamic: its seven decades below 1 are cut into more and more entries, so that it spans seven orders of magnitude
/// and is fine where the large numbers are.
///
/// Source: Dettmers et al. 2022, "8-bit Optimizers via Block-wise Quantization", section 2, and bitsandbytes'
/// `create_dynamic_map`.
public final class QuantizationMap: @unchecked Sendable {
  /// Whose rule decides where bitsandbytes' implementations choose different codes.
  public enum Choice: CaseIterable, Sendable {
    /// The CUDA kernel's: midway between two entries the one with the even index is taken, and a number below zero
    /// never takes the code of zero but that of the entry below, so that a first moment keeps its sign.
    case cuda
    /// The one for CPUs: midway between two entries the lower is taken.
    case cpu
  }

  /// The numbers, in ascending order.
  public let values: [Float]
  /// The code of zero.
  public let zero: UInt8
  /// What the kernels read.
  package let table: slk_map

  /// The dynamic map of 256 entries, the same bits as the library's where nothing is fused.
  ///
  /// Decade `i` of 0 to 6 is `[0.1, 1]` cut into `2ⁱ` equal parts, or `2ⁱ⁺¹` without signs; their midpoints times
  /// `10ⁱ⁻⁶` are its entries. With signs the negatives of all these are entries too; 0 and 1 complete the map.
  public static func dynamic(isSigned: Bool, choice: Choice = .cuda) -> QuantizationMap {
    let maps = isSigned ? signed : unsigned
    return choice == .cuda ? maps.cuda : maps.cpu
  }

  private static let signed = pair(isSigned: true)
  private static let unsigned = pair(isSigned: false)

  private static func pair(isSigned: Bool) -> (cuda: QuantizationMap, cpu: QuantizationMap) {
    let values = dynamicValues(isSigned: isSigned)
    return (QuantizationMap(values, choice: .cuda), QuantizationMap(values, choice: .cpu))
  }

  /// A map of 256 ascending numbers, zero among them.
  private init(_ values: [Float], choice: Choice) {
    precondition(
      values.count == 256 && zip(values, values.dropFirst()).allSatisfy(<), "a map needs 256 ascending numbers")
    let zero = values.firstIndex(of: 0)!
    let bounds = Self.bounds(of: values, zero: zero, choice: choice)
    self.values = values
    self.zero = UInt8(zero)
    table = slk_map(
      values: Self.kept(values), bounds: Self.kept(bounds), cells: Self.kept(Self.cells(bounds, zero: zero)))
  }

  /// A copy that stays: the maps are never thrown away.
  private static func kept<Element>(_ array: [Element]) -> UnsafePointer<Element> {
    let copy = UnsafeMutableBufferPointer<Element>.allocate(capacity: array.count)
    _ = copy.initialize(from: array)
    return UnsafePointer(copy.baseAddress!)
  }

  private static func dynamicValues(isSigned: Bool) -> [Float] {
    var values: [Float] = [0, 1]
    for (decade, unit) in [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1 as Float].enumerated() {
      let ends = evenlySpaced(from: 0.1, to: 1, parts: 1 << (isSigned ? decade : decade + 1))
      for (low, high) in zip(ends, ends.dropFirst()) {
        values.append(unit * ((low + high) / 2))
        if isSigned { values.append(-unit * ((low + high) / 2)) }
      }
    }
    return values.sorted()
  }

  /// The ends of equal parts in 32 bits, counted from the nearer end as `torch.linspace` does it.
  private static func evenlySpaced(from start: Float, to end: Float, parts: Int) -> [Float] {
    let step = (end - start) / Float(parts)
    return (0...parts).map { $0 < (parts + 1) / 2 ? start + step * Float($0) : end - step * Float(parts - $0) }
  }

  /// The largest number that takes each entry.
  private static func bounds(of values: [Float], zero: Int, choice: Choice) -> [Float] {
    var bounds = zip(values, values.dropFirst()).map { ($0 + $1) / 2 } + [.infinity]
    guard choice == .cuda else { return bounds }
    for entry in stride(from: 1, to: 255, by: 2) { bounds[entry] = bounds[entry].nextDown }
    if zero > 0 { bounds[zero - 1] = 0 }
    return bounds
  }

  /// The entry of the smallest number in each of the kernels' cells.
  private static func cells(_ bounds: [Float], zero: Int) -> [UInt8] {
    let half = Int(SLK_MAP_HALF)
    func entry(of number: Float, from first: Int) -> Int { (first..<256).first { number <= bounds[$0] }! }
    // The magnitude that cell `index` begins with: the last cell holds 1 and all above.
    func magnitude(_ index: Int) -> Float {
      index == 0 ? 0 : index == half ? .infinity : Float(bitPattern: UInt32(SLK_MAP_SMALLEST) + UInt32(index) << 16)
    }
    return (0..<2 * half).map { cell in
      let isNegative = cell >= half
      let (near, far) = (magnitude(cell % half), magnitude(cell % half + 1).nextDown)
      let (low, high) =
        isNegative
        ? (entry(of: -far, from: 0), entry(of: -near, from: 0))
        : (entry(of: near, from: zero), entry(of: far, from: zero))
      precondition(high - low <= 1, "a cell holds the boundaries of \(high - low + 1) entries")
      return UInt8(low)
    }
  }
}
