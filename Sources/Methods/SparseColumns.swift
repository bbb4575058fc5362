// Z non-zeros.
import CKernels
import Tensors

/// The entries of a sparse matrix by columns, and what one backward pass sums for them: temporaries of that pass.
///
/// An entry's place is its number in the order of columns, rows within a column ascending.
struct SparseColumns {
  /// The values by places, `[1, Z]`.
  let values: Tensor
  /// What the values' gradients are summed to, by places, `[1, Z]`.
  let gradients: Tensor
  private let starts, rows, places: Tensor

  /// Takes the temporaries for a support; they hold nothing yet.
  init(_ support: SparseSupport, take: (_ rows: Int, _ columns: Int) -> Tensor) {
    values = take(1, support.count)
    gradients = take(1, support.count)
    starts = take(1, support.columns + 1)
    rows = take(1, support.count)
    places = take(1, support.count)
  }

  /// Sorts the entries, and sets the gradients to zero.
  func fill(from support: SparseSupport, values: Tensor) {
    slk_support_by_columns(
      support.kernelView, support.rows, support.columns, values.base, kernelView, self.values.base)
    gradients.fill(0)
  }

  /// Adds the gradients of the entries of some rows to `gradient`, `[1, Z]`, which is by rows.
  func addGradients(ofRows range: Range<Int>, of support: SparseSupport, to gradient: Tensor) {
    let entries = support.entries(ofRows: range)
    slk_add_at_places(
      kernelView.places + entries.lowerBound, entries.count, gradients.base, gradient.base + entries.lowerBound)
  }

  /// The same for the kernels.
  var kernelView: slk_columns {
    slk_columns(starts: Self.integers(starts), rows: Self.integers(rows), places: Self.integers(places))
  }

  /// A temporary's room for 32-bit floats, for as many 32-bit integers.
  private static func integers(_ tensor: Tensor) -> UnsafeMutablePointer<Int32> {
    tensor.address.assumingMemoryBound(to: Int32.self)
  }
}
