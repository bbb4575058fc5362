/// Whole numbers of a layer that training does not change, such as the support of a sparse matrix.
///
/// A layer keeps them as it likes; files hold them as a list of 32-bit numbers.
public protocol LayerIndices {
  /// How many numbers the list has.
  var count: Int { get }

  /// Writes the list.
  func write(to list: UnsafeMutableBufferPointer<Int32>)

  /// Takes a list of ``count`` numbers in place of its own; where one of them cannot be, nothing changes.
  ///
  /// - Throws: ``UnexpectedIndex`` for the first number that cannot be.
  func take(_ list: UnsafeBufferPointer<Int32>) throws(UnexpectedIndex)
}

extension LayerIndices {
  /// The list as an array.
  public var array: [Int32] {
    [Int32](unsafeUninitializedCapacity: count) { list, filled in
      write(to: UnsafeMutableBufferPointer(rebasing: list.prefix(count)))
      filled = count
    }
  }
}

/// A number that cannot stand where it stands in a list of indices.
public struct UnexpectedIndex: Error, CustomStringConvertible {
  /// What is wrong: `element 11 is 120, expected below 120`.
  public let description: String

  /// Describes the element.
  public init(element: Int, value: Int32, expected: String) {
    description = "element \(element) is \(value), expected \(expected)"
  }
}
